package io.dioptra.worker.retry;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A clock that only goes forward, whatever happens to the time of day. Any thread may use it. */
public interface MonotonicClock {
  /** Nanoseconds since an arbitrary moment; only differences mean something. */
  long nanoTime();

  void sleep(Duration time) throws InterruptedException;

  /** The clock of this machine. */
  static MonotonicClock system() {
    return new MonotonicClock() {
      @Override
      public long nanoTime() {
        return System.nanoTime();
      }

      @Override
      public void sleep(Duration time) throws InterruptedException {
        // There is no signal to wait for: nobody tells when a server is back.
        TimeUnit.NANOSECONDS.sleep(time.toNanos());
      }
    };
  }
}
