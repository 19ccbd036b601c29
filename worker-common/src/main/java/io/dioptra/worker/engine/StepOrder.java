package io.dioptra.worker.engine;

/** The order in which the steps of a graph run. */
final class StepOrder {
  private StepOrder() {}

  /** Needs every dependency to be a step. */
  static Ordering.Result of(Configuration configuration) {
    Ordering ordering = new Ordering();
    for (Step step : configuration.steps().values()) {
      ordering.mention(step.name());
      for (Reference reference : step.references()) {
        if (configuration.steps().containsKey(reference.name())) {
          ordering.needs(step.name(), reference.name());
        }
      }
      for (String dependency : step.dependencies()) {
        ordering.needs(step.name(), dependency);
      }
    }
    return ordering.result();
  }
}
