package io.dioptra.worker.jvm;

import io.dioptra.worker.jvm.kernel.SharedMemory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * An array that lies in memory shared with Python, in C order and little endian. Any thread may use
 * it.
 *
 * <p>One that a task is given can be read only, and only until the task returns. One that a task
 * allocates is its own; returned, it is handed over, without a copy unless it is small, and cannot
 * be used here any more. One that is neither returned nor closed is freed some time after nothing
 * refers to it: keep the tensor for as long as its memory is used.
 */
public final class Tensor implements AutoCloseable {
  /** Up to here a file and a mapping of its own would cost more than what is done with an array. */
  private static final long SMALL = 1 << 18;

  private static final long ALIGNMENT = 64;

  private final NpyHeader header;
  private volatile @Nullable SharedMemory file;
  private volatile @Nullable MemorySegment memory;

  private Tensor(NpyHeader header, MemorySegment memory) {
    this.header = header;
    this.memory = memory;
  }

  private Tensor(NpyHeader header, SharedMemory file) throws IOException {
    this.header = header;
    this.file = file;
    long size = size(header);
    if (size > file.memory().byteSize() - header.bytes()) {
      throw new IOException("it holds fewer elements than its header says");
    }
    this.memory = file.memory().asSlice(header.bytes(), size);
  }

  private static long size(NpyHeader header) {
    return Math.multiplyExact(header.size(), header.type().bytes());
  }

  /**
   * A new array whose elements are zero.
   *
   * @param shape the lengths of the axes; none for a single element
   * @throws UncheckedIOException if there is no memory to share
   */
  public static Tensor allocate(ElementType type, long... shape) {
    NpyHeader header = header(type, shape);
    return size(header) <= SMALL
        ? new Tensor(header, Arena.ofAuto().allocate(size(header), ALIGNMENT))
        : inFile(header);
  }

  private static NpyHeader header(ElementType type, long... shape) {
    List<Long> lengths = Arrays.stream(shape).boxed().toList();
    if (lengths.stream().anyMatch(it -> it < 0)) {
      throw new IllegalArgumentException("a length is negative: " + words(lengths));
    }
    return NpyHeader.of(type, lengths);
  }

  private static Tensor inFile(NpyHeader header) {
    try {
      SharedMemory file = SharedMemory.create(header.bytes() + size(header));
      file.memory().asSlice(0, header.bytes()).copyFrom(MemorySegment.ofArray(header.encode()));
      return new Tensor(header, file);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "no " + describe(header.type(), header.shape()) + ": " + e.getMessage(), e);
    }
  }

  /**
   * An array in memory of somebody else, who frees it.
   *
   * @param memory of which it is the beginning
   * @throws IndexOutOfBoundsException if the array is longer
   */
  public static Tensor in(MemorySegment memory, ElementType type, long... shape) {
    NpyHeader header = header(type, shape);
    return new Tensor(header, memory.asSlice(0, size(header)));
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

  /**
   * The elements, the last axis fastest.
   *
   * @throws IllegalStateException if the array is closed
   */
  public MemorySegment memory() {
    MemorySegment open = memory;
    if (open == null) {
      throw new IllegalStateException("this array is closed: " + this);
    }
    return open;
  }

  /**
   * Where another process of this user finds the {@code .npy} file, for as long as this is open. A
   * small array has none before this is called; it lies there from then on.
   *
   * @throws UncheckedIOException if there is no memory to share
   */
  public synchronized Path path() {
    if (file == null) {
      Tensor copy = inFile(header);
      copy.memory().copyFrom(memory());
      file = copy.file;
      memory = copy.memory;
    }
    return Objects.requireNonNull(file).path();
  }

  /** Frees it now. It cannot be used any more, and that is noticed. */
  @Override
  public synchronized void close() {
    memory = null;
    if (file != null) {
      file.close();
    }
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
