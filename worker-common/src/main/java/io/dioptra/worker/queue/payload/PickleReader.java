package io.dioptra.worker.queue.payload;

import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads one pickle of plain values. It constructs nothing that a pickle names: opcodes that import
 * or call are refused. One use, one thread.
 */
final class PickleReader {
  private static final int MAX_MEMO = 10_000;
  private static final int OLDEST_PROTOCOL = 2;
  private static final int NEWEST_PROTOCOL = 5;

  private final PickleInput input;
  private final PickleStack stack = new PickleStack();
  private final Map<Long, PayloadValue> memo = new HashMap<>();

  PickleReader(byte[] content) {
    this.input = new PickleInput(content);
  }

  PayloadValue read() throws PayloadRefusedException {
    if (input.isAtEnd() || !PickleOpcode.PROTO.isWritten(input.unsigned1())) {
      throw new PayloadRefusedException("the payload is neither a pickle nor JSON");
    }
    int protocol = input.unsigned1();
    if (protocol < OLDEST_PROTOCOL || protocol > NEWEST_PROTOCOL) {
      throw new PayloadRefusedException("pickle protocol " + protocol + " is not read here");
    }
    PickleOpcode opcode = PickleOpcode.of(input.unsigned1());
    while (opcode != PickleOpcode.STOP) {
      step(opcode);
      opcode = PickleOpcode.of(input.unsigned1());
    }
    if (!input.isAtEnd()) {
      throw new PayloadRefusedException("the payload goes on after its end");
    }
    return stack.result();
  }

  private void step(PickleOpcode opcode) throws PayloadRefusedException {
    switch (opcode) {
      case PROTO, STOP -> throw PickleStack.malformed();
      case FRAME -> input.announced(input.length8());
      case MARK -> stack.mark();
      case NONE -> stack.push(new PayloadValue.None());
      case NEWTRUE -> stack.push(new PayloadValue.Bool(true));
      case NEWFALSE -> stack.push(new PayloadValue.Bool(false));
      case BININT1 -> number(input.unsigned1());
      case BININT2 -> number(input.unsigned2());
      case BININT -> number(input.signed4());
      case LONG1 -> stack.push(new PayloadValue.Int(input.integer(input.unsigned1())));
      case LONG4 -> stack.push(new PayloadValue.Int(input.integer(input.signed4())));
      case BINFLOAT -> stack.push(new PayloadValue.Real(input.bigEndianDouble()));
      case SHORT_BINUNICODE -> text(input.unsigned1());
      case BINUNICODE -> text(input.unsigned4());
      case BINUNICODE8 -> text(input.length8());
      case SHORT_BINBYTES -> bytes(input.unsigned1());
      case BINBYTES -> bytes(input.unsigned4());
      case BINBYTES8 -> bytes(input.length8());
      case EMPTY_TUPLE -> tuple(List.of());
      case TUPLE1 -> tuple(stack.pop(1));
      case TUPLE2 -> tuple(stack.pop(2));
      case TUPLE3 -> tuple(stack.pop(3));
      case TUPLE -> tuple(stack.popToMark());
      case EMPTY_LIST -> stack.push(PayloadValue.Items.list());
      case APPEND -> append(stack.pop(1));
      case APPENDS -> append(stack.popToMark());
      case EMPTY_DICT -> stack.push(new PayloadValue.Members());
      case SETITEM -> put(stack.pop(2));
      case SETITEMS -> put(stack.popToMark());
      case MEMOIZE -> remember(memo.size());
      case BINGET -> recall(input.unsigned1());
      case LONG_BINGET -> recall(input.unsigned4());
      case BINPUT -> remember(input.unsigned1());
      case LONG_BINPUT -> remember(input.unsigned4());
    }
  }

  private void number(int value) throws PayloadRefusedException {
    stack.push(new PayloadValue.Int(BigInteger.valueOf(value)));
  }

  private void text(long length) throws PayloadRefusedException {
    stack.push(new PayloadValue.Text(input.text(length)));
  }

  private void bytes(long length) throws PayloadRefusedException {
    stack.push(new PayloadValue.Bytes(input.take(length).length));
  }

  private void tuple(List<PayloadValue> values) throws PayloadRefusedException {
    stack.push(PayloadValue.Items.tuple(values));
  }

  private void append(List<PayloadValue> values) throws PayloadRefusedException {
    if (!(stack.top() instanceof PayloadValue.Items list) || list.isTuple()) {
      throw PickleStack.malformed();
    }
    for (PayloadValue value : values) {
      list.add(value);
    }
  }

  private void put(List<PayloadValue> keysAndValues) throws PayloadRefusedException {
    if (!(stack.top() instanceof PayloadValue.Members members) || keysAndValues.size() % 2 != 0) {
      throw PickleStack.malformed();
    }
    for (int at = 0; at < keysAndValues.size(); at += 2) {
      members.put(keysAndValues.get(at), keysAndValues.get(at + 1));
    }
  }

  private void remember(long index) throws PayloadRefusedException {
    memo.put(index, stack.top());
    if (memo.size() > MAX_MEMO) {
      throw new PayloadRefusedException("the payload remembers more than " + MAX_MEMO + " values");
    }
  }

  private void recall(long index) throws PayloadRefusedException {
    PayloadValue value = memo.get(index);
    if (value == null) {
      throw PickleStack.malformed();
    }
    stack.push(value);
  }
}
