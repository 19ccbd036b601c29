package io.dioptra.worker.jvm.host;

import io.dioptra.worker.jvm.BatchFunction;
import io.dioptra.worker.jvm.ElementType;
import io.dioptra.worker.jvm.Input;
import io.dioptra.worker.jvm.Output;
import io.dioptra.worker.jvm.Task;
import io.dioptra.worker.jvm.Tensor;
import io.dioptra.worker.jvm.catalog.TaskMethod;
import java.util.Arrays;

/** The call of an object: a task of no library, which no list shows. */
final class Functions {
  /** What callers ask for; no library can have the name. */
  static final String APPLY = "jvm.apply";

  private Functions() {}

  static TaskMethod task() {
    return Arrays.stream(Functions.class.getDeclaredMethods())
        .filter(it -> it.isAnnotationPresent(Task.class))
        .map(it -> TaskMethod.of("jvm", it))
        .findFirst()
        .orElseThrow();
  }

  @Task(
      name = "apply",
      description = "Calls an object.",
      outputs = @Output(name = "rows", type = "any"))
  public static Tensor apply(
      @Input(name = "function", type = "any") BatchFunction function,
      @Input(name = "batch", type = "any", elements = ElementType.FLOAT32) Tensor batch) {
    return function.apply(batch);
  }
}
