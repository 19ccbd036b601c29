package io.dioptra.worker.tracking;

/** Where the artifacts of one run go. Any thread may use it. */
sealed interface ArtifactStore permits FileStore, HttpStore, S3Store {
  /**
   * Stores one file, replacing what is there.
   *
   * @return its address, not percent-encoded
   */
  String put(ArtifactPath path, Upload upload) throws TrackingException, InterruptedException;

  /** The address a path has, not percent-encoded. */
  String address(ArtifactPath path);
}
