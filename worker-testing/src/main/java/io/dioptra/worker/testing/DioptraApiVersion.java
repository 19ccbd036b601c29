package io.dioptra.worker.testing;

/** The releases of Dioptra's REST API that the worker supports and the tests run. */
public enum DioptraApiVersion {
  V1_1("1.1.0", "dioptra-api-1.1"),
  V1_2("1.2.2", "dioptra-api-1.2");

  private final String release;
  private final String environment;

  DioptraApiVersion(String release, String environment) {
    this.release = release;
    this.environment = environment;
  }

  /** As {@code GET /health} tells it. */
  public String release() {
    return release;
  }

  /** The name of the Python environment. */
  public String environment() {
    return environment;
  }
}
