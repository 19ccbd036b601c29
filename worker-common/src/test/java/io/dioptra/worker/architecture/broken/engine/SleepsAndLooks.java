package io.dioptra.worker.architecture.broken.engine;

/** Breaks the rule of waiting. */
public final class SleepsAndLooks {
  private SleepsAndLooks() {}

  static void pause() throws InterruptedException {
    Thread.sleep(1);
  }
}
