package io.dioptra.worker.engine;

/** The order in which the steps of a graph run. */
final class StepOrder {
  private StepOrder() {}

  /** Needs every dependency to be a step. */
  static Ordering.Result of(Configuration configuration) {
    Ordering ordering = new Ordering();
    for (Step step : configuration.steps().values()) {
      ordering.mention(step.name());
      for (ReferenceSearch.Found found : step.references()) {
        String name = found.reference().name();
        if (configuration.steps().containsKey(name)) {
          ordering.needs(step.name(), name);
        }
      }
      for (String dependency : step.dependencies().names()) {
        ordering.needs(step.name(), dependency);
      }
    }
    return ordering.result();
  }
}
