package io.dioptra.worker.jvm.host;

import io.dioptra.worker.frame.ProtocolException;
import io.dioptra.worker.jvm.ElementType;
import io.dioptra.worker.jvm.Tensor;
import io.dioptra.worker.jvm.kernel.SharedMemory;
import java.io.Closeable;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Memory of a caller that is mapped for as long as it is connected: its small arrays and their
 * results lie there, those of one call at a time. For the thread of the caller.
 */
final class Window implements Closeable {
  private static final long LARGEST = 1 << 18;
  private static final long ALIGNMENT = 64;

  private final Optional<SharedMemory> file;
  private final MemorySegment memory;
  private long end;

  private Window(Optional<SharedMemory> file) {
    this.file = file;
    this.memory = file.map(SharedMemory::memory).orElse(MemorySegment.NULL);
  }

  /** That of a caller which has told of none: nothing fits. */
  static Window none() {
    return new Window(Optional.empty());
  }

  static Window open(Path path) throws IOException {
    return new Window(Optional.of(SharedMemory.openForWriting(path)));
  }

  /** Before each call: nothing lies here any more. */
  void clear() {
    end = 0;
  }

  /** An array of the caller's, for reading. */
  Tensor get(JsonNode place) throws ProtocolException {
    long at = place.path("at").asLong(-1);
    ElementType type =
        ElementType.ofDescr(place.path("descr").asString(""))
            .orElseThrow(() -> new ProtocolException("an array of what: " + place));
    try {
      Tensor tensor = Tensor.in(memory.asSlice(at).asReadOnly(), type, shape(place.path("shape")));
      end = Math.max(end, at + tensor.memory().byteSize());
      return tensor;
    } catch (IndexOutOfBoundsException _) {
      throw new ProtocolException("an array that is not in the window: " + place);
    }
  }

  private static long[] shape(JsonNode lengths) {
    long[] shape = new long[lengths.size()];
    for (int axis = 0; axis < shape.length; axis++) {
      shape[axis] = lengths.get(axis).asLong(-1);
    }
    return shape;
  }

  /** Copies a result here, behind the arguments; empty if it is large. */
  Optional<ObjectNode> put(Tensor tensor) {
    long at = (end + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    long size = tensor.memory().byteSize();
    if (file.isEmpty() || size > LARGEST || at + size > memory.byteSize()) {
      return Optional.empty();
    }
    MemorySegment.copy(tensor.memory(), 0, memory, at, size);
    end = at + size;
    ArrayNode shape = JsonNodeFactory.instance.arrayNode();
    Arrays.stream(tensor.shape()).forEach(shape::add);
    ObjectNode place = JsonNodeFactory.instance.objectNode();
    place.put("at", at).put("descr", tensor.type().descr()).set("shape", shape);
    return Optional.of(place);
  }

  @Override
  public void close() {
    file.ifPresent(SharedMemory::close);
  }
}
