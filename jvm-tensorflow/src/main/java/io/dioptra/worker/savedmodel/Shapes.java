package io.dioptra.worker.savedmodel;

import java.util.Locale;
import java.util.stream.Collectors;
import org.tensorflow.proto.TensorInfo;
import org.tensorflow.proto.TensorShapeProto;

/** What a signature says about the shape of an array: lengths, some of which may be any. */
final class Shapes {
  private Shapes() {}

  /** Whether an array of this shape may be given; TensorFlow itself tells of others less well. */
  static boolean fits(TensorInfo array, long[] shape) {
    TensorShapeProto expected = array.getTensorShape();
    if (expected.getUnknownRank()) {
      return true;
    }
    if (expected.getDimCount() != shape.length) {
      return false;
    }
    for (int axis = 0; axis < shape.length; axis++) {
      long length = expected.getDim(axis).getSize();
      if (length >= 0 && length != shape[axis]) {
        return false;
      }
    }
    return true;
  }

  /** For example {@code float32 of shape (any, 8, 8, 1)}. */
  static String words(TensorInfo array) {
    String type =
        switch (array.getDtype()) {
          case DT_FLOAT -> "float32";
          case DT_DOUBLE -> "float64";
          default -> array.getDtype().name().substring("DT_".length()).toLowerCase(Locale.ROOT);
        };
    TensorShapeProto shape = array.getTensorShape();
    if (shape.getUnknownRank()) {
      return type + " of any shape";
    }
    return shape.getDimList().stream()
        .map(it -> it.getSize() < 0 ? "any" : String.valueOf(it.getSize()))
        .collect(Collectors.joining(", ", type + " of shape (", ")"));
  }
}
