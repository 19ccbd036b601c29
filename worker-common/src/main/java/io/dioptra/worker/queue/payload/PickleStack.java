package io.dioptra.worker.queue.payload;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** The values a pickle has built and not yet used, with the marks between them. */
final class PickleStack {
  private static final int MAX_VALUES = 10_000;
  private static final int MAX_MARKS = 100;

  private final List<PayloadValue> values = new ArrayList<>();
  private final Deque<Integer> marks = new ArrayDeque<>();
  private int pushed;

  void push(PayloadValue value) throws PayloadRefusedException {
    pushed++;
    if (pushed > MAX_VALUES) {
      throw new PayloadRefusedException("the payload has more than " + MAX_VALUES + " values");
    }
    values.add(value);
  }

  void mark() throws PayloadRefusedException {
    if (marks.size() == MAX_MARKS) {
      throw new PayloadRefusedException("the payload is nested too deep");
    }
    marks.push(values.size());
  }

  PayloadValue top() throws PayloadRefusedException {
    if (values.size() <= floor()) {
      throw malformed();
    }
    return values.getLast();
  }

  PayloadValue pop() throws PayloadRefusedException {
    PayloadValue value = top();
    values.removeLast();
    return value;
  }

  /** The last {@code count} values, oldest first. */
  List<PayloadValue> pop(int count) throws PayloadRefusedException {
    if (values.size() - floor() < count) {
      throw malformed();
    }
    return cut(values.size() - count);
  }

  /** The values above the last mark, oldest first, and the mark is gone. */
  List<PayloadValue> popToMark() throws PayloadRefusedException {
    Integer mark = marks.poll();
    if (mark == null) {
      throw malformed();
    }
    return cut(mark);
  }

  /** The one value that a complete pickle leaves. */
  PayloadValue result() throws PayloadRefusedException {
    if (values.size() != 1 || !marks.isEmpty()) {
      throw malformed();
    }
    return values.getFirst();
  }

  static PayloadRefusedException malformed() {
    return new PayloadRefusedException("the payload is not a well-formed pickle");
  }

  private List<PayloadValue> cut(int start) {
    List<PayloadValue> tail = values.subList(start, values.size());
    List<PayloadValue> copy = List.copyOf(tail);
    tail.clear();
    return copy;
  }

  private int floor() {
    return marks.isEmpty() ? 0 : marks.element();
  }
}
