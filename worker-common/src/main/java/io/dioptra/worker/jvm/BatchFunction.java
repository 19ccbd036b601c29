package io.dioptra.worker.jvm;

/**
 * What makes one row of each example of a batch, such as the scores of a model. An object that a
 * task returns and that is one can be called in Python like a function, with a NumPy array: attacks
 * that ask a model for nothing else take it as it is.
 */
@FunctionalInterface
public interface BatchFunction {
  /**
   * Called on any thread, one call at a time for each process of the job.
   *
   * @param batch float32, the first axis that of the examples; for reading, until this returns
   * @return float32, the first axis that of the examples
   */
  Tensor apply(Tensor batch);
}
