package io.dioptra.worker.architecture.broken.engine;

/** Breaks the rule of the threads. */
public final class StartsANamelessThread {
  private StartsANamelessThread() {}

  static Thread start(Runnable work) {
    return Thread.startVirtualThread(work);
  }
}
