package io.dioptra.worker.tracking;

/**
 * A run on the tracking server.
 *
 * @param id 32 hexadecimal digits
 * @param artifactRoot where its artifacts go; the scheme tells what kind of store that is
 */
public record MlflowRun(String id, String artifactRoot) {
  public MlflowRun {
    if (artifactRoot.endsWith("/")) {
      artifactRoot = artifactRoot.substring(0, artifactRoot.length() - 1);
    }
  }
}
