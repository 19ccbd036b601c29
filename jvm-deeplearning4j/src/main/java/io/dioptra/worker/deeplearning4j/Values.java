package io.dioptra.worker.deeplearning4j;

import io.dioptra.worker.jvm.Tensor;
import io.dioptra.worker.jvm.model.Gathered;
import io.dioptra.worker.jvm.model.Rows;
import io.dioptra.worker.jvm.score.Evaluation;
import java.lang.foreign.MemorySegment;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Arrays on their way to Deeplearning4j's own memory and back. What is returned is closed. */
final class Values {
  private Values() {}

  /** A copy: a layer may write to its input, which the job still needs. */
  static INDArray copied(Rows rows) {
    if (rows.count() == 0) {
      // There are no empty batches; one example tells the shape of what comes of it.
      long[] one = rows.shape();
      one[0] = 1;
      return Nd4j.zeros(DataType.FLOAT, one);
    }
    INDArray array = Nd4j.createUninitialized(DataType.FLOAT, rows.shape(), 'c');
    memory(array).copyFrom(rows.memory());
    return array;
  }

  static void put(INDArray values, Rows rows, Gathered all) {
    try (INDArray packed = values.castTo(DataType.FLOAT).dup('c')) {
      long[] shape = packed.shape();
      if (rows.count() == 0) {
        shape = shape.clone();
        shape[0] = 0;
      }
      all.put(rows, shape, memory(packed));
    }
  }

  /** One where the label is, for each of these rows. */
  static INDArray oneHot(Rows rows, Tensor labels, int classes) {
    INDArray chosen = Nd4j.zeros(DataType.FLOAT, Math.max(1, rows.count()), classes);
    for (long row = 0; row < rows.count(); row++) {
      chosen.putScalar(row, Evaluation.label(labels, rows.first() + row, classes), 1);
    }
    return chosen;
  }

  static MemorySegment memory(INDArray array) {
    return MemorySegment.ofBuffer(array.data().asNioFloat());
  }
}
