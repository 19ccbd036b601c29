package io.dioptra.worker.torchscript;

import ai.djl.Device;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import io.dioptra.worker.jvm.BatchFunction;
import io.dioptra.worker.jvm.Tensor;
import io.dioptra.worker.jvm.model.Gathered;
import io.dioptra.worker.jvm.model.Rows;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A TorchScript model that is loaded, in evaluation mode: dropout and batch norm do what they do in
 * use, also while gradients are made. One call at a time, by any thread.
 */
public final class TorchScriptModel implements BatchFunction, AutoCloseable {
  private static final String FORWARD = "forward";

  /** Of arrays that PyTorch allocates itself. */
  private static final long ALIGNMENT = 64;

  /** DJL collects gradients for one at a time in a process. */
  private static final Lock GRADIENTS = new ReentrantLock();

  private final Path file;
  private final NDManager manager;
  private final PtSymbolBlock module;

  private TorchScriptModel(Path file, NDManager manager, PtSymbolBlock module) {
    this.file = file;
    this.manager = manager;
    this.module = module;
  }

  /**
   * Loads a file.
   *
   * @throws IllegalArgumentException if it is no such model, with what was found
   */
  static TorchScriptModel load(Path file, Device device) {
    if (!Files.isRegularFile(file)) {
      throw new IllegalArgumentException("there is no file " + file);
    }
    NDManager manager = Natives.engine().newBaseManager(device);
    try {
      PtSymbolBlock module =
          JniUtils.loadModule(
              (PtNDManager) manager, file, true, new String[0], new String[0], true);
      TorchScriptModel model = new TorchScriptModel(file, manager, module);
      List<String> methods = Arrays.asList(JniUtils.getMethodNames(module));
      if (!methods.contains(FORWARD)) {
        throw new IllegalArgumentException(
            "the model %s has no method \"%s\"; it has %s".formatted(file, FORWARD, methods));
      }
      JniUtils.enableInferenceMode(module);
      // Gradients are made by the inputs only: those by the weights would be kept for nothing.
      JniUtils.moduleGetParams(module, (PtNDManager) manager)
          .forEach(it -> it.setRequiresGradient(false));
      return model;
    } catch (EngineException e) {
      manager.close();
      throw new IllegalArgumentException(
          "%s is no TorchScript model, is damaged, or has an operator that is not known here. Expected what torch.jit.script(model).save(…) or torch.jit.trace(…).save(…) writes; PyTorch says: %s"
              .formatted(file, firstLine(e)),
          e);
    } catch (RuntimeException e) {
      manager.close();
      throw e;
    }
  }

  /** What the model makes of all inputs: float32, its first axis that of the inputs. */
  synchronized Tensor predict(Tensor inputs, int batch) {
    Gathered result = new Gathered(inputs);
    for (Rows rows : Rows.of(inputs, batch)) {
      try (Arena arena = Arena.ofConfined();
          NDManager scope = manager.newSubManager()) {
        put(forward(copied(rows, arena, scope), false), rows, result);
      }
    }
    return result.tensor();
  }

  @Override
  public Tensor apply(Tensor batch) {
    return predict(batch, Math.toIntExact(Math.max(1, batch.rank() == 0 ? 1 : batch.length(0))));
  }

  /** How long the model takes for these rows, from its input in PyTorch's memory on. */
  synchronized Duration time(Rows rows) {
    try (Arena arena = Arena.ofConfined();
        NDManager scope = manager.newSubManager()) {
      NDArray input = copied(rows, arena, scope);
      long start = System.nanoTime();
      NDArray output = forward(input, false);
      // On a GPU the call returns before the work is done.
      output.toByteBuffer(true);
      return Duration.ofNanos(System.nanoTime() - start);
    }
  }

  /** The gradient of the sum of all examples' losses by the inputs, of the inputs' shape. */
  synchronized Tensor gradient(Tensor inputs, Tensor labels, int batch) {
    Gathered result = new Gathered(inputs);
    GRADIENTS.lock();
    try {
      for (Rows rows : Rows.of(inputs, batch)) {
        addGradient(rows, labels, result);
      }
      return result.tensor();
    } finally {
      GRADIENTS.unlock();
    }
  }

  private void addGradient(Rows rows, Tensor labels, Gathered result) {
    try (Arena arena = Arena.ofConfined();
        NDManager scope = manager.newSubManager();
        var collector = Natives.engine().newGradientCollector()) {
      NDArray input = copied(rows, arena, scope);
      input.setRequiresGradient(true);
      NDArray scores = forward(input, true);
      collector.backward(Loss.of(scores, rows, labels));
      put(input.getGradient(), rows, result);
    }
  }

  private NDArray forward(NDArray input, boolean training) {
    // It is a setting of the thread. Optimizing takes place anew for each shape of the input, and
    // attacks ask with many.
    JniUtils.setGraphExecutorOptimize(false);
    NDList outputs;
    try {
      outputs = IValueUtils.forward(module, new NDList(input), training);
    } catch (EngineException e) {
      throw new IllegalArgumentException(
          "the model %s does not take float32 of shape %s; PyTorch says: %s"
              .formatted(file, input.getShape(), firstLine(e)),
          e);
    }
    if (outputs.size() != 1) {
      throw new IllegalArgumentException(
          "the model %s gives %d arrays, but one is expected".formatted(file, outputs.size()));
    }
    NDArray output = outputs.singletonOrThrow();
    return output.getDataType() == DataType.FLOAT32
        ? output
        : output.toType(DataType.FLOAT32, false);
  }

  private static void put(NDArray values, Rows rows, Gathered result) {
    // Directly: where PyTorch has them, unless they are on a GPU.
    MemorySegment memory = MemorySegment.ofBuffer(values.toByteBuffer(true));
    result.put(rows, values.getShape().getShape(), memory);
  }

  /**
   * A copy, as a model may write to its input, which the job still needs. PyTorch uses it where it
   * is, for as long as the arena is open. It is no direct buffer of Java: of these the JVM allows
   * only as much as its heap.
   */
  private static NDArray copied(Rows rows, Arena arena, NDManager scope) {
    MemorySegment memory = rows.memory();
    MemorySegment copy = arena.allocate(memory.byteSize(), ALIGNMENT).copyFrom(memory);
    return scope.create(
        copy.asByteBuffer().order(ByteOrder.nativeOrder()),
        new Shape(rows.shape()),
        DataType.FLOAT32);
  }

  /** The first line says what is wrong, the others where in PyTorch's own code. */
  private static String firstLine(EngineException e) {
    String message = String.valueOf(e.getMessage());
    // An error inside the model is told with the model's own stack, its reason last.
    int reason = message.lastIndexOf("RuntimeError: ");
    String from = reason < 0 ? message : message.substring(reason + "RuntimeError: ".length());
    return from.lines().filter(it -> !it.isBlank()).findFirst().orElse(message).strip();
  }

  @Override
  public synchronized void close() {
    module.close();
    manager.close();
  }

  @Override
  public String toString() {
    return "TorchScript model " + file.getFileName();
  }
}
