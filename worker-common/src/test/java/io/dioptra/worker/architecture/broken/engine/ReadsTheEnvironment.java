package io.dioptra.worker.architecture.broken.engine;

/** Breaks the rule of the environment. */
public final class ReadsTheEnvironment {
  private ReadsTheEnvironment() {}

  static boolean hasHome() {
    return System.getenv("HOME") != null;
  }
}
