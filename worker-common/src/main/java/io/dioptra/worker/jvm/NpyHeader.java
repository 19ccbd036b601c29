package io.dioptra.worker.jvm;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The header of an {@code .npy} file, NumPy's open format (NEP 1), versions 1.0 and 2.0.
 *
 * @param bytes the length of the header, after which the elements begin
 */
record NpyHeader(ElementType type, List<Long> shape, int bytes) {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
  private static final int ALIGNMENT = 64;
  private static final int PREFIX = 10;

  /** As much of a file as a header of ours can have. */
  static final int MOST = 1 << 16;

  private static final Pattern TEXT =
      Pattern.compile(
          "\\{\\s*'descr':\\s*'([^']*)',\\s*'fortran_order':\\s*(True|False),"
              + "\\s*'shape':\\s*\\(([0-9, ]*)\\),?\\s*}\\s*");

  NpyHeader {
    shape = List.copyOf(shape);
  }

  /** A new header, padded so that the elements begin at a multiple of 64 bytes. */
  static NpyHeader of(ElementType type, List<Long> shape) {
    int length = PREFIX + text(type, shape).length() + 1;
    return new NpyHeader(type, shape, (length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT);
  }

  /** The number of elements. */
  long size() {
    return shape.stream().reduce(1L, Math::multiplyExact);
  }

  byte[] encode() {
    byte[] header = new byte[bytes];
    Arrays.fill(header, (byte) ' ');
    byte[] text = text(type, shape).getBytes(StandardCharsets.US_ASCII);
    ByteBuffer.wrap(header)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(MAGIC)
        .put((byte) 1)
        .put((byte) 0)
        .putShort((short) (bytes - PREFIX))
        .put(text);
    header[bytes - 1] = '\n';
    return header;
  }

  /** Reads a header from the first bytes of a file. */
  static NpyHeader parse(ByteBuffer start) throws IOException {
    ByteBuffer buffer = start.order(ByteOrder.LITTLE_ENDIAN);
    byte[] magic = new byte[MAGIC.length];
    if (buffer.remaining() < PREFIX + 2 || !Arrays.equals(read(buffer, magic), MAGIC)) {
      throw new IOException("it does not begin as an .npy file does");
    }
    int version = buffer.get();
    buffer.get();
    int length =
        switch (version) {
          case 1 -> Short.toUnsignedInt(buffer.getShort());
          case 2 -> buffer.getInt();
          default -> throw new IOException(".npy version " + version + ", expected 1 or 2");
        };
    if (length < 0 || length > buffer.remaining()) {
      throw new IOException("its .npy header is cut off");
    }
    String text = new String(read(buffer, new byte[length]), StandardCharsets.ISO_8859_1);
    Matcher parts = TEXT.matcher(text);
    if (!parts.matches()) {
      throw new IOException("its .npy header cannot be read: " + text.strip());
    }
    List<Long> shape =
        Pattern.compile("\\d+")
            .matcher(parts.group(3))
            .results()
            .map(it -> Long.valueOf(it.group()))
            .toList();
    if (parts.group(2).equals("True") && shape.size() > 1) {
      throw new IOException("its array is in Fortran order; expected C order");
    }
    ElementType type =
        ElementType.ofDescr(parts.group(1))
            .orElseThrow(() -> new IOException("its elements are of type " + parts.group(1)));
    return new NpyHeader(type, shape, buffer.position());
  }

  private static byte[] read(ByteBuffer buffer, byte[] into) {
    buffer.get(into);
    return into;
  }

  private static String text(ElementType type, List<Long> shape) {
    String lengths = shape.stream().map(String::valueOf).collect(Collectors.joining(", "));
    String comma = shape.size() == 1 ? "," : "";
    return "{'descr': '%s', 'fortran_order': False, 'shape': (%s%s), }"
        .formatted(type.descr(), lengths, comma);
  }
}
