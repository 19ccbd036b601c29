package io.dioptra.worker.task;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * A value of a job's configuration: JSON's kinds with Python's numbers (integers of any size,
 * {@code NaN} and infinities), and references to values that live with the tasks.
 */
public sealed interface Value {
  record Null() implements Value {}

  record Bool(boolean value) implements Value {}

  record Int(BigInteger value) implements Value {
    public static Int of(long value) {
      return new Int(BigInteger.valueOf(value));
    }
  }

  record Real(double value) implements Value {}

  record Text(String value) implements Value {}

  record Items(List<Value> values) implements Value {
    public Items {
      values = List.copyOf(values);
    }
  }

  /** Members in the order of their document. */
  record Members(SequencedMap<String, Value> values) implements Value {
    public Members {
      values = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(values));
    }

    public static Members none() {
      return new Members(Collections.emptyNavigableMap());
    }
  }

  /** A value that stays where the tasks run. */
  record Reference(ValueHandle handle) implements Value {}

  /** The items of a list, in order. */
  static Items items(Value... values) {
    return new Items(new ArrayList<>(List.of(values)));
  }
}
