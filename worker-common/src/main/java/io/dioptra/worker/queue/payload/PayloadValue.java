package io.dioptra.worker.queue.payload;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * A decoded value. Parts may be shared, so a walk over everything could take for ever; nobody
 * walks. A container that is part of another cannot change any more, hence none contains itself.
 */
sealed interface PayloadValue {
  record None() implements PayloadValue {}

  record Bool(boolean value) implements PayloadValue {}

  record Int(BigInteger value) implements PayloadValue {}

  record Real(double value) implements PayloadValue {}

  record Text(String value) implements PayloadValue {}

  /** Bytes, of which only the number is of interest. */
  record Bytes(int size) implements PayloadValue {}

  /** A tuple or a list. */
  final class Items extends Container implements PayloadValue {
    private final boolean tuple;
    private final List<PayloadValue> values = new ArrayList<>();

    private Items(boolean tuple) {
      this.tuple = tuple;
    }

    static Items list() {
      return new Items(false);
    }

    static Items tuple(List<PayloadValue> values) throws PayloadRefusedException {
      Items items = new Items(true);
      for (PayloadValue value : values) {
        items.add(value);
      }
      return items;
    }

    boolean isTuple() {
      return tuple;
    }

    void add(PayloadValue value) throws PayloadRefusedException {
      enclose(value);
      values.add(value);
    }

    List<PayloadValue> values() {
      return Collections.unmodifiableList(values);
    }
  }

  /** A dictionary with text keys. */
  final class Members extends Container implements PayloadValue {
    private final SequencedMap<String, PayloadValue> values = new LinkedHashMap<>();

    void put(PayloadValue key, PayloadValue value) throws PayloadRefusedException {
      if (!(key instanceof Text(String name))) {
        throw new PayloadRefusedException("the payload has a dictionary key that is not a text");
      }
      enclose(value);
      values.put(name, value);
    }

    SequencedMap<String, PayloadValue> values() {
      return Collections.unmodifiableSequencedMap(values);
    }
  }

  /** What keeps containers shallow and free of cycles. */
  abstract sealed class Container {
    static final int MAX_DEPTH = 32;

    private int depth = 1;
    private boolean enclosed;

    void enclose(PayloadValue part) throws PayloadRefusedException {
      if (enclosed || part == this) {
        throw new PayloadRefusedException("the payload contains a value that contains itself");
      }
      if (part instanceof Container inner) {
        inner.enclosed = true;
        depth = Math.max(depth, inner.depth + 1);
      }
      if (depth > MAX_DEPTH) {
        throw new PayloadRefusedException("the payload is nested deeper than " + MAX_DEPTH);
      }
    }
  }
}
