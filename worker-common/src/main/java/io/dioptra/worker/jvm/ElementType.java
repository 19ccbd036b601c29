package io.dioptra.worker.jvm;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * The types of an array's elements, all little endian. Java has no unsigned integers and no 16-bit
 * real numbers: these are what their bits say, see {@link Byte#toUnsignedInt}, {@link
 * Float#float16ToFloat}.
 */
public enum ElementType {
  BOOL("|b1"),
  INT8("|i1"),
  INT16("<i2"),
  INT32("<i4"),
  INT64("<i8"),
  UINT8("|u1"),
  UINT16("<u2"),
  UINT32("<u4"),
  UINT64("<u8"),
  FLOAT16("<f2"),
  FLOAT32("<f4"),
  FLOAT64("<f8");

  private final String descr;

  ElementType(String descr) {
    this.descr = descr;
  }

  /** The name that NumPy has for it, for example {@code float32}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The size of one element in bytes. */
  public int bytes() {
    return descr.charAt(2) - '0';
  }

  /** As it stands in the header of an {@code .npy} file. */
  public String descr() {
    return descr;
  }

  /** The one that is so called there. */
  public static Optional<ElementType> ofDescr(String descr) {
    return Arrays.stream(values()).filter(it -> it.descr.equals(descr)).findFirst();
  }
}
