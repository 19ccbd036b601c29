package io.dioptra.worker.source;

/** Refuses a text that is larger or nested deeper than any engine takes, before it costs much. */
final class Bounds {
  private static final int DEEPEST = 1000;
  private static final long MOST = 300_000;

  private final String file;
  private long values;

  Bounds(String file) {
    this.file = file;
  }

  /**
   * Counts one value or name.
   *
   * @param depth how many values are open around it
   */
  void count(Position at, int depth) throws SourceException {
    values++;
    check(at, values);
    if (depth > DEEPEST) {
      throw SourceException.at(file, at, "nested deeper than %d levels".formatted(DEEPEST));
    }
  }

  /** Checks how many values one stands for, with what aliases bring. */
  void check(Position at, long size) throws SourceException {
    if (size > MOST) {
      throw SourceException.at(file, at, "more than %d values and names".formatted(MOST));
    }
  }
}
