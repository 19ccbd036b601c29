package io.dioptra.worker.bench.arrays;

import io.dioptra.worker.jvm.ElementType;
import io.dioptra.worker.jvm.Input;
import io.dioptra.worker.jvm.Output;
import io.dioptra.worker.jvm.Task;
import io.dioptra.worker.jvm.TaskLibrary;
import io.dioptra.worker.jvm.Tensor;
import java.lang.foreign.ValueLayout;

/** Tasks that do as little as can be measured. */
public final class BenchTasks implements TaskLibrary {
  private static final int PAGE = 4096;

  /** An array that is still in the hands of Java. */
  public record Parcel(Tensor array) {}

  @Override
  public String name() {
    return "bench";
  }

  @Override
  public String description() {
    return "Tasks that do as little as can be measured.";
  }

  @Task(name = "nothing", description = "Does nothing.")
  public static void nothing() {}

  @Task(
      name = "process",
      description = "Tells which process runs tasks.",
      outputs = @Output(name = "process", type = "integer"))
  public static long process() {
    return ProcessHandle.current().pid();
  }

  @Task(
      name = "touch",
      description = "Reads one element of each page, as all of it is there then.",
      outputs = @Output(name = "sum", type = "number"))
  public static double touch(
      @Input(name = "array", type = "any", elements = ElementType.FLOAT32) Tensor array) {
    double sum = 0;
    for (long at = 0; at < array.memory().byteSize(); at += PAGE) {
      sum += array.memory().get(ValueLayout.JAVA_FLOAT, at);
    }
    return sum;
  }

  @Task(
      name = "copy",
      description = "Copies an array.",
      outputs = @Output(name = "copy", type = "any"))
  public static Tensor copy(@Input(name = "array", type = "any") Tensor array) {
    Tensor copy = Tensor.allocate(array.type(), array.shape());
    copy.memory().copyFrom(array.memory());
    return copy;
  }

  @Task(
      name = "echo",
      description = "Gives an array back.",
      outputs = @Output(name = "array", type = "any"))
  public static Tensor echo(@Input(name = "array", type = "any") Tensor array) {
    return array;
  }

  @Task(
      name = "wrap",
      description = "Makes an array of float32 ones and keeps it.",
      outputs = @Output(name = "parcel", type = "any"))
  public static Parcel wrap(@Input(name = "length", type = "integer") long length) {
    Tensor array = Tensor.allocate(ElementType.FLOAT32, length);
    for (long i = 0; i < length; i++) {
      array.memory().setAtIndex(ValueLayout.JAVA_FLOAT, i, 1);
    }
    return new Parcel(array);
  }

  @Task(
      name = "unwrap",
      description = "Hands the array over.",
      outputs = @Output(name = "array", type = "any"))
  public static Tensor unwrap(@Input(name = "parcel", type = "any") Parcel parcel) {
    return parcel.array();
  }
}
