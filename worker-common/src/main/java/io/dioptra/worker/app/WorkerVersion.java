package io.dioptra.worker.app;

/** The version of this worker, as the jar's manifest says. */
final class WorkerVersion {
  private WorkerVersion() {}

  static String text() {
    String version = WorkerVersion.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }
}
