package io.dioptra.worker.queue.payload;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** The bytes of a pickle, read from front to back: little endian, lengths checked. */
final class PickleInput {
  private static final int MAX_INTEGER_BYTES = 64;

  private final ByteBuffer bytes;

  PickleInput(byte[] content) {
    this.bytes = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
  }

  boolean isAtEnd() {
    return !bytes.hasRemaining();
  }

  int unsigned1() throws PayloadRefusedException {
    return Byte.toUnsignedInt(need(1).get());
  }

  int unsigned2() throws PayloadRefusedException {
    return Short.toUnsignedInt(need(Short.BYTES).getShort());
  }

  int signed4() throws PayloadRefusedException {
    return need(Integer.BYTES).getInt();
  }

  long unsigned4() throws PayloadRefusedException {
    return Integer.toUnsignedLong(signed4());
  }

  long length8() throws PayloadRefusedException {
    return need(Long.BYTES).getLong();
  }

  double bigEndianDouble() throws PayloadRefusedException {
    return Double.longBitsToDouble(Long.reverseBytes(length8()));
  }

  /** Two's complement, little endian, {@code length} bytes; no bytes are zero. */
  BigInteger integer(long length) throws PayloadRefusedException {
    if (length < 0 || length > MAX_INTEGER_BYTES) {
      throw new PayloadRefusedException("the payload has an integer of " + length + " bytes");
    }
    byte[] digits = take(length);
    for (int low = 0, high = digits.length - 1; low < high; low++, high--) {
      byte digit = digits[low];
      digits[low] = digits[high];
      digits[high] = digit;
    }
    return digits.length == 0 ? BigInteger.ZERO : new BigInteger(digits);
  }

  /** Refuses what is not UTF-8, also Python's lone surrogates. */
  String text(long length) throws PayloadRefusedException {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(take(length))).toString();
    } catch (CharacterCodingException e) {
      throw new PayloadRefusedException("the payload has a text that is not UTF-8");
    }
  }

  byte[] take(long length) throws PayloadRefusedException {
    byte[] part = new byte[checked(length)];
    bytes.get(part);
    return part;
  }

  /** A frame announces bytes; they are read like any others. */
  void announced(long length) throws PayloadRefusedException {
    checked(length);
  }

  private int checked(long length) throws PayloadRefusedException {
    if (length < 0 || length > bytes.remaining()) {
      throw cutOff();
    }
    return (int) length;
  }

  private ByteBuffer need(int count) throws PayloadRefusedException {
    if (bytes.remaining() < count) {
      throw cutOff();
    }
    return bytes;
  }

  private static PayloadRefusedException cutOff() {
    return new PayloadRefusedException("the payload is cut off");
  }
}
