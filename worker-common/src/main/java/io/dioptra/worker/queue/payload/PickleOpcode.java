package io.dioptra.worker.queue.payload;

/** The opcodes of pickle protocols 2 to 5 that build plain values. All others are refused. */
enum PickleOpcode {
  PROTO(0x80),
  FRAME(0x95),
  STOP('.'),
  MARK('('),
  NONE('N'),
  NEWTRUE(0x88),
  NEWFALSE(0x89),
  BININT1('K'),
  BININT2('M'),
  BININT('J'),
  LONG1(0x8a),
  LONG4(0x8b),
  BINFLOAT('G'),
  SHORT_BINUNICODE(0x8c),
  BINUNICODE('X'),
  BINUNICODE8(0x8d),
  SHORT_BINBYTES('C'),
  BINBYTES('B'),
  BINBYTES8(0x8e),
  EMPTY_TUPLE(')'),
  TUPLE1(0x85),
  TUPLE2(0x86),
  TUPLE3(0x87),
  TUPLE('t'),
  EMPTY_LIST(']'),
  APPEND('a'),
  APPENDS('e'),
  EMPTY_DICT('}'),
  SETITEM('s'),
  SETITEMS('u'),
  MEMOIZE(0x94),
  BINGET('h'),
  LONG_BINGET('j'),
  BINPUT('q'),
  LONG_BINPUT('r');

  private final int code;

  PickleOpcode(int code) {
    this.code = code;
  }

  boolean isWritten(int code) {
    return this.code == code;
  }

  static PickleOpcode of(int code) throws PayloadRefusedException {
    for (PickleOpcode opcode : values()) {
      if (opcode.isWritten(code)) {
        return opcode;
      }
    }
    throw new PayloadRefusedException(
        "the payload is not plain data: pickle opcode 0x%02x is refused".formatted(code));
  }
}
