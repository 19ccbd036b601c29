package io.dioptra.worker.testing;

/** Where MLflow keeps artifacts. */
public enum ArtifactStore {
  /** MLflow takes and gives the bytes itself. */
  PROXIED,
  /** Its clients talk to S3 directly, as in Dioptra's official deployment. */
  S3
}
