package io.dioptra.worker.host;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Where the three connections of a host wait for each other, so that what it printed and what it
 * logged is read in the order in which it was made. Three threads use it, one for each connection.
 *
 * <p>A host writes mark N into both raw streams before frame N. The reader of a raw stream hands on
 * what lies behind mark N when frame N was taken, and the reader of frames takes frame N when both
 * streams have come to mark N. Nobody can wait for ever: all that a wait is for was written before
 * what waits, or is the next that the host writes, and lies behind nothing but what has been read
 * already. A host that breaks this, or a plugin that closed its marks' way, costs one {@link
 * #BOUND}.
 */
final class OutputOrder {
  /** The two raw streams. */
  enum Stream {
    STDOUT,
    STDERR;

    Stream other() {
      return this == STDOUT ? STDERR : STDOUT;
    }
  }

  static final Duration BOUND = Duration.ofSeconds(10);
  static final Duration STALL = Duration.ofMillis(500);
  private static final long NEVER_AGAIN = Long.MAX_VALUE;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Map<Stream, Long> reached = new EnumMap<>(Stream.class);
  private long taken;

  /** The stream has come to this mark. */
  void reached(Stream stream, long mark) {
    lock.lock();
    try {
      reach(stream, mark);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until the frame with this mark was taken, or no frame was for a while. Then the thread
   * that writes it cannot go on, because another holds the interpreter and prints: what it prints
   * was made while the record was, and may as well come first.
   */
  void awaitFrame(long mark) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long before = taken;
      long left = STALL.toNanos();
      while (taken < mark && left > 0) {
        left = changed.awaitNanos(left);
        if (taken > before) {
          before = taken;
          left = STALL.toNanos();
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /** Waits until a stream has come to this mark. */
  void awaitStream(Stream stream, long mark) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      await(stream, mark);
    } finally {
      lock.unlock();
    }
  }

  /** Nothing more comes from this stream. */
  void ended(Stream stream) {
    lock.lock();
    try {
      reach(stream, NEVER_AGAIN);
    } finally {
      lock.unlock();
    }
  }

  /** Waits until both streams have come to the mark of a frame; zero for none. */
  void awaitStreams(long mark) throws InterruptedException {
    if (mark == 0) {
      return;
    }
    lock.lockInterruptibly();
    try {
      for (Stream stream : Stream.values()) {
        await(stream, mark);
      }
    } finally {
      lock.unlock();
    }
  }

  /** The frame with this mark was taken. */
  void taken(long mark) {
    lock.lock();
    try {
      taken = Math.max(taken, mark);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** No more frames come. */
  void framesEnded() {
    taken(NEVER_AGAIN);
  }

  private void reach(Stream stream, long mark) {
    reached.merge(stream, mark, Math::max);
    changed.signalAll();
  }

  private void await(Stream stream, long mark) throws InterruptedException {
    long left = BOUND.toNanos();
    while (reached.getOrDefault(stream, 0L) < mark && taken != NEVER_AGAIN && left > 0) {
      left = changed.awaitNanos(left);
    }
    if (left <= 0) {
      reached.put(stream, NEVER_AGAIN);
    }
  }
}
