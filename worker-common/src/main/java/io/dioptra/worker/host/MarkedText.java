package io.dioptra.worker.host;

import java.nio.charset.StandardCharsets;

/**
 * Takes the marks of a host out of what it writes to descriptor 1 or 2: NUL, the host's token, a
 * letter, a number of 16 hexadecimal digits, NUL. What only looks like one is text. Used by one
 * thread.
 */
final class MarkedText {
  private static final int DIGITS = 16;

  /** What stands in such a stream, in its order. */
  interface Reader {
    void text(byte[] bytes, int from, int to) throws InterruptedException;

    /**
     * A mark.
     *
     * @param kind {@code L}, {@code A} or {@code S}
     */
    void mark(char kind, long number) throws InterruptedException;
  }

  private final Reader reader;
  private final byte[] begin;
  private final byte[] held;
  private int holding;

  MarkedText(String token, Reader reader) {
    this.reader = reader;
    this.begin = ("\0" + token).getBytes(StandardCharsets.US_ASCII);
    this.held = new byte[begin.length + 1 + DIGITS + 1];
  }

  void accept(byte[] bytes, int length) throws InterruptedException {
    int at = 0;
    while (at < length) {
      if (holding == 0) {
        int next = indexOfZero(bytes, at, length);
        text(bytes, at, next);
        at = next;
      }
      while (at < length && holding < held.length && fits(bytes[at])) {
        held[holding++] = bytes[at++];
      }
      if (holding == held.length) {
        holding = 0;
        reader.mark((char) held[begin.length], number());
      } else if (at < length) {
        end();
      }
    }
  }

  /** Hands over what could still have become a mark. */
  void end() throws InterruptedException {
    int text = holding;
    holding = 0;
    text(held, 0, text);
  }

  private void text(byte[] bytes, int from, int to) throws InterruptedException {
    if (from < to) {
      reader.text(bytes, from, to);
    }
  }

  private boolean fits(byte next) {
    if (holding < begin.length) {
      return next == begin[holding];
    }
    if (holding == begin.length) {
      return next == 'L' || next == 'A' || next == 'S';
    }
    return holding == held.length - 1 ? next == 0 : Character.digit(next, 16) >= 0;
  }

  private long number() {
    String digits = new String(held, begin.length + 1, DIGITS, StandardCharsets.US_ASCII);
    return Long.parseUnsignedLong(digits, 16);
  }

  private static int indexOfZero(byte[] bytes, int from, int length) {
    int at = from;
    while (at < length && bytes[at] != 0) {
      at++;
    }
    return at;
  }
}
