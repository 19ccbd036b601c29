package io.dioptra.worker.jvm.kernel;

import java.io.Closeable;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Cleaner;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A file that is mapped into memory: one of somebody else, or a new one that lies in no folder and
 * so is gone with the last process that has it open, however that ends. Freed by {@link #close()},
 * or at the latest some time after nothing refers to it.
 */
public final class SharedMemory implements Closeable {
  // It frees what is unreachable everywhere in this process, and has no other end than the process.
  private static final Cleaner CLEANER =
      Cleaner.create(Thread.ofPlatform().daemon().name("shared-memory-cleaner").factory());
  private static final int NONE = -1;

  /** From here on it pays to ask for all pages at once. */
  private static final long LARGE = 1 << 20;

  private final Path path;
  private final MemorySegment memory;
  private final Cleaner.Cleanable release;

  private SharedMemory(Path path, MemorySegment memory, Runnable release) {
    this.path = path;
    this.memory = memory;
    this.release = CLEANER.register(this, release);
  }

  /** New memory, filled with zeros. Its size is limited by the memory of the job only. */
  @SuppressWarnings("MustBeClosedChecker") // what Release closes
  public static SharedMemory create(long bytes) throws IOException {
    int descriptor = Native.memoryFile("dioptra-array");
    try (FileChannel channel =
        FileChannel.open(
            Path.of("/proc/self/fd/" + descriptor),
            StandardOpenOption.READ,
            StandardOpenOption.WRITE)) {
      Arena arena = Arena.ofShared();
      MemorySegment memory = channel.map(MapMode.READ_WRITE, 0, bytes, arena);
      if (bytes >= LARGE) {
        Native.populate(memory);
      }
      Path path = Path.of("/proc/" + ProcessHandle.current().pid() + "/fd/" + descriptor);
      return new SharedMemory(path, memory, new Release(arena, descriptor));
    } catch (IOException | RuntimeException e) {
      Native.close(descriptor);
      throw e;
    }
  }

  /** The file of somebody else, for reading. */
  public static SharedMemory open(Path path) throws IOException {
    return open(path, MapMode.READ_ONLY, StandardOpenOption.READ);
  }

  /** The file of somebody else, who sees what is written. */
  public static SharedMemory openForWriting(Path path) throws IOException {
    return open(path, MapMode.READ_WRITE, StandardOpenOption.READ, StandardOpenOption.WRITE);
  }

  @SuppressWarnings("MustBeClosedChecker") // what Release closes
  private static SharedMemory open(Path path, MapMode mode, OpenOption... options)
      throws IOException {
    try (FileChannel channel = FileChannel.open(path, options)) {
      Arena arena = Arena.ofShared();
      MemorySegment memory = channel.map(mode, 0, channel.size(), arena);
      if (path.startsWith("/proc") && memory.byteSize() >= LARGE) {
        Native.mapAll(memory);
      }
      return new SharedMemory(path, memory, new Release(arena, NONE));
    }
  }

  /** Where other processes of this user find the file, for as long as this is open. */
  public Path path() {
    return path;
  }

  /** All of it. */
  public MemorySegment memory() {
    return memory;
  }

  @Override
  public void close() {
    release.clean();
  }

  private record Release(Arena arena, int descriptor) implements Runnable {
    @Override
    public void run() {
      arena.close();
      if (descriptor != NONE) {
        Native.close(descriptor);
      }
    }
  }
}
