package io.dioptra.worker.queue;

import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Waits for what others write to Redis, which gives no signal; not for ever. */
final class Eventually {
  private static final long SECONDS = 60;

  private Eventually() {}

  static void await(BooleanSupplier condition) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("not within " + SECONDS + " s");
      }
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }
}
