package io.dioptra.worker.app;

import picocli.CommandLine.IVersionProvider;

/** The version of this worker, as the jar's manifest says. */
final class WorkerVersion implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {"dioptra-worker-v1 " + text()};
  }

  static String text() {
    String version = WorkerVersion.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }
}
