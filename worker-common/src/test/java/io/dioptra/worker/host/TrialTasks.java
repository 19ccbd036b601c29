package io.dioptra.worker.host;

import io.dioptra.worker.jvm.BatchFunction;
import io.dioptra.worker.jvm.ElementType;
import io.dioptra.worker.jvm.Input;
import io.dioptra.worker.jvm.Output;
import io.dioptra.worker.jvm.Task;
import io.dioptra.worker.jvm.TaskJob;
import io.dioptra.worker.jvm.TaskLibrary;
import io.dioptra.worker.jvm.Tensor;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** Tasks that try out what a JVM task can be given, give back, and do wrong. */
public final class TrialTasks implements TaskLibrary {
  private static final int PAGE = 4096;
  private static final AtomicInteger CALLS = new AtomicInteger();

  /** Something that has no counterpart in Python. */
  public record Counter(AtomicInteger count) {}

  /** Two outputs. */
  public record Halves(Tensor first, Tensor second) {}

  @Override
  public String name() {
    return "trial";
  }

  @Override
  public String description() {
    return "Tries out JVM tasks.";
  }

  @Task(
      name = "echo",
      description = "Gives a value back.",
      outputs = @Output(name = "value", type = "any"))
  public static Object echo(@Input(name = "value", type = "any") Object value) {
    return value;
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
      name = "halves",
      description = "Cuts a row in two.",
      outputs = {@Output(name = "first", type = "any"), @Output(name = "second", type = "any")})
  public static Halves halves(
      @Input(name = "row", type = "any", elements = ElementType.FLOAT32, shape = Input.ANY)
          Tensor row) {
    long half = row.size() / 2;
    return new Halves(part(row, 0, half), part(row, half, row.size() - half));
  }

  private static Tensor part(Tensor row, long from, long length) {
    Tensor part = Tensor.allocate(row.type(), length);
    MemorySegment.copy(row.memory(), from * 4, part.memory(), 0, length * 4);
    return part;
  }

  @Task(
      name = "describe",
      description = "Says what arrived.",
      outputs = @Output(name = "text", type = "string"))
  public static String describe(
      @Input(name = "flag", type = "boolean") boolean flag,
      @Input(name = "count", type = "integer") int count,
      @Input(name = "ratio", type = "number") double ratio,
      @Input(name = "text", type = "string") String text,
      @Input(name = "items", type = "any") List<?> items,
      @Input(name = "members", type = "any", required = false) @Nullable Map<String, ?> members) {
    return flag + " " + count + " " + ratio + " " + text + " " + items + " " + members;
  }

  @Task(
      name = "counter",
      description = "Makes a counter.",
      outputs = @Output(name = "counter", type = "any"))
  public static Counter counter() {
    return new Counter(new AtomicInteger());
  }

  @Task(
      name = "count",
      description = "Counts.",
      outputs = @Output(name = "count", type = "integer"))
  public static int count(@Input(name = "counter", type = "any") Counter counter) {
    return counter.count().incrementAndGet();
  }

  @Task(
      name = "calls",
      description = "Counts the calls of this process.",
      outputs = @Output(name = "calls", type = "any"))
  public static List<Long> calls() {
    return List.of(ProcessHandle.current().pid(), (long) CALLS.incrementAndGet());
  }

  @Task(
      name = "open_arrays",
      description = "Counts shared memory.",
      outputs = @Output(name = "count", type = "integer"))
  public static long openArrays() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
      return files.filter(it -> target(it).startsWith("/memfd:dioptra-array")).count();
    }
  }

  private static String target(Path link) {
    try {
      return Files.readSymbolicLink(link).toString();
    } catch (IOException _) {
      return "";
    }
  }

  @Task(
      name = "touch",
      description = "Reads something of each page.",
      outputs = @Output(name = "sum", type = "number"))
  public static double touch(@Input(name = "array", type = "any") Tensor array) {
    double sum = 0;
    for (long at = 0; at < array.memory().byteSize(); at += PAGE) {
      sum += array.memory().get(ValueLayout.JAVA_FLOAT, at);
    }
    return sum;
  }

  /** An array that is still in the hands of Java. */
  public record Parcel(Tensor array) {}

  @Task(
      name = "wrap",
      description = "Makes an array of ones and keeps it.",
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

  @Task(
      name = "place",
      description = "Tells about the job.",
      outputs = @Output(name = "place", type = "any"))
  public static List<String> place() throws IOException {
    TaskJob job = TaskJob.current();
    String limit =
        Files.readAllLines(Path.of("/proc/self/limits")).stream()
            .filter(it -> it.startsWith("Max open files"))
            .map(it -> it.split("\\s+")[3])
            .findFirst()
            .orElseThrow();
    return List.of(
        job.resolve("model.pt").toString(),
        job.variables().getOrDefault("TRIAL", "not set"),
        limit);
  }

  @Task(name = "write_to_input", description = "Writes where it may not.")
  public static void writeToInput(@Input(name = "array", type = "any") Tensor array) {
    array.memory().set(ValueLayout.JAVA_BYTE, 0, (byte) 1);
  }

  @Task(name = "fail", description = "Fails.")
  public static void fail(@Input(name = "why", type = "string") String why) {
    LoggerFactory.getLogger("trial.slf4j").warn("about to fail: {}", why);
    System.getLogger("trial.jdk").log(System.Logger.Level.INFO, "failing");
    System.out.println("printed by Java");
    throw new IllegalStateException(why, new IOException("the cause"));
  }

  @Task(
      name = "fill_the_heap",
      description = "Needs more memory than there is.",
      outputs = @Output(name = "size", type = "integer"))
  public static long fillTheHeap() {
    return new long[1 << 26].length;
  }

  @Task(name = "crash", description = "Crashes the process, as native code may.")
  @SuppressWarnings("restricted")
  public static void crash() {
    MemorySegment.ofAddress(8).reinterpret(8).set(ValueLayout.JAVA_BYTE, 0, (byte) 1);
  }

  /** Doubles, refuses what is negative, and counts those that are open. */
  public record Doubling() implements BatchFunction, AutoCloseable {
    private static final AtomicInteger OPEN = new AtomicInteger();

    @Override
    public Tensor apply(Tensor batch) {
      Tensor doubled = Tensor.allocate(ElementType.FLOAT32, batch.shape());
      for (long i = 0; i < batch.size(); i++) {
        float value = batch.memory().getAtIndex(ValueLayout.JAVA_FLOAT, i);
        if (value < 0) {
          throw new IllegalArgumentException("element " + i + " is negative");
        }
        doubled.memory().setAtIndex(ValueLayout.JAVA_FLOAT, i, 2 * value);
      }
      return doubled;
    }

    @Override
    public void close() {
      OPEN.decrementAndGet();
    }
  }

  @Task(
      name = "doubling",
      description = "Makes a function.",
      outputs = @Output(name = "function", type = "any"))
  public static Doubling doubling() {
    Doubling.OPEN.incrementAndGet();
    return new Doubling();
  }

  @Task(
      name = "open_doublings",
      description = "Counts what is not closed.",
      outputs = @Output(name = "count", type = "integer"))
  public static int openDoublings() {
    return Doubling.OPEN.get();
  }

  @Task(name = "hang", description = "Never returns.")
  @SuppressWarnings("InterruptedExceptionSwallowed") // as a badly behaved task does
  public static void hang() {
    LoggerFactory.getLogger("trial").info("hanging");
    CountDownLatch never = new CountDownLatch(1);
    while (true) {
      try {
        never.await();
      } catch (InterruptedException _) {
        LoggerFactory.getLogger("trial").info("interrupted in vain");
      }
    }
  }
}
