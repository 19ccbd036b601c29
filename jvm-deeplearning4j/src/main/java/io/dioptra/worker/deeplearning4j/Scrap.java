package io.dioptra.worker.deeplearning4j;

import org.bytedeco.javacpp.Pointer;

/**
 * Arrays that nothing refers to any more. They are freed when Java's heap is collected, which knows
 * nothing of their size and may never be full.
 */
final class Scrap {
  private static final long MOST = 512L << 20;

  private long before = Long.MAX_VALUE;

  /** Has them freed if the process has grown by much since that was last done. */
  void collect() {
    long now = Pointer.physicalBytes();
    if (now - MOST > before) {
      System.gc();
      now = Pointer.physicalBytes();
      before = now;
    }
    before = Math.min(before, now);
  }
}
