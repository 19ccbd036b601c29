package io.dioptra.worker.deeplearning4j;

/**
 * A model that was trained.
 *
 * @param loss the mean of all examples in the last epoch
 */
public record Trained(Deeplearning4jModel model, double loss) {}
