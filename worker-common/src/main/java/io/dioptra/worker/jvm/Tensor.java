package io.dioptra.worker.jvm;

import io.dioptra.worker.jvm.kernel.SharedMemory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * An array that lies in memory shared with Python, in C order and little endian. Any thread may use
 * it.
 *
 * <p>One that a task is given can be read only, and only until the task returns. One that a task
 * allocates is its own; returned, it is handed over without a copy and cannot be used here any
 * more. One that is neither returned nor closed is freed some time after nothing refers to it: keep
 * the tensor for as long as its memory is used.
 */
public final class Tensor implements AutoCloseable {
  private final NpyHeader header;
  private final SharedMemory file;
  private final MemorySegment memory;

  private Tensor(NpyHeader header, SharedMemory file) throws IOException {
    this.header = header;
    this.file = file;
    long size = Math.multiplyExact(header.size(), header.type().bytes());
    if (size > file.memory().byteSize() - header.bytes()) {
      throw new IOException("it holds fewer elements than its header says");
    }
    this.memory = file.memory().asSlice(header.bytes(), size);
  }

  /**
   * A new array whose elements are zero.
   *
   * @param shape the lengths of the axes; none for a single element
   * @throws UncheckedIOException if there is no memory to share
   */
  public static Tensor allocate(ElementType type, long... shape) {
    List<Long> lengths = Arrays.stream(shape).boxed().toList();
    if (lengths.stream().anyMatch(it -> it < 0)) {
      throw new IllegalArgumentException("a length is negative: " + words(lengths));
    }
    NpyHeader header = NpyHeader.of(type, lengths);
    try {
      long size = Math.multiplyExact(header.size(), type.bytes());
      SharedMemory file = SharedMemory.create(header.bytes() + size);
      file.memory().asSlice(0, header.bytes()).copyFrom(MemorySegment.ofArray(header.encode()));
      return new Tensor(header, file);
    } catch (IOException e) {
      throw new UncheckedIOException("no " + describe(type, lengths) + ": " + e.getMessage(), e);
    }
  }

  /**
   * Maps an {@code .npy} file, of which only the pages that are read come into memory.
   *
   * @throws IOException if it cannot be opened, or is none in C order with known elements
   */
  public static Tensor open(Path npy) throws IOException {
    SharedMemory file = SharedMemory.open(npy);
    try {
      MemorySegment start =
          file.memory().asSlice(0, Math.min(NpyHeader.MOST, file.memory().byteSize()));
      return new Tensor(NpyHeader.parse(start.asByteBuffer()), file);
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  public ElementType type() {
    return header.type();
  }

  /** The lengths of the axes, outermost first. */
  public long[] shape() {
    return header.shape().stream().mapToLong(Long::longValue).toArray();
  }

  /** The length of one axis. */
  public long length(int axis) {
    return header.shape().get(axis);
  }

  /** The number of axes. */
  public int rank() {
    return header.shape().size();
  }

  /** The number of elements. */
  public long size() {
    return header.size();
  }

  /** The elements, the last axis fastest. */
  public MemorySegment memory() {
    return memory;
  }

  /**
   * Where another process of this user finds the {@code .npy} file, for as long as this is open.
   */
  public Path path() {
    return file.path();
  }

  /** Frees it now. Its memory cannot be used any more, and that is noticed. */
  @Override
  public void close() {
    file.close();
  }

  /** For example {@code float32 of shape (3, 8, 8)}. */
  @Override
  public String toString() {
    return describe(type(), header.shape());
  }

  private static String describe(ElementType type, List<Long> shape) {
    return type.word() + " of shape " + words(shape);
  }

  private static String words(List<Long> shape) {
    return shape.stream().map(String::valueOf).collect(Collectors.joining(", ", "(", ")"));
  }
}
