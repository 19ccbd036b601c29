package io.dioptra.worker.jvm.kernel;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** The functions of the C library that are called here, on Linux. */
final class Native {
  private static final int MFD_CLOEXEC = 1;
  private static final int MADV_POPULATE_READ = 22;
  private static final int MADV_POPULATE_WRITE = 23;

  private static final MethodHandle MEMFD_CREATE =
      function("memfd_create", JAVA_INT, ADDRESS, JAVA_INT);
  private static final MethodHandle MADVISE =
      function("madvise", JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT);
  private static final MethodHandle CLOSE = function("close", JAVA_INT, JAVA_INT);

  private Native() {}

  @SuppressWarnings("restricted") // the host is started with leave to call native functions
  private static MethodHandle function(
      String name, MemoryLayout result, MemoryLayout... arguments) {
    Linker linker = Linker.nativeLinker();
    MemorySegment symbol = linker.defaultLookup().findOrThrow(name);
    return linker.downcallHandle(symbol, FunctionDescriptor.of(result, arguments));
  }

  /** The descriptor of a new file that lies in no folder. */
  static int memoryFile(String name) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      int descriptor = (int) MEMFD_CREATE.invokeExact(arena.allocateFrom(name), MFD_CLOEXEC);
      if (descriptor < 0) {
        throw new IOException(
            "the system gave no shared memory (memfd_create): too many files are open, or a"
                + " security profile of the container forbids it");
      }
      return descriptor;
    } catch (IOException e) {
      throw e;
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /** Gets all pages of new memory at once: half the time of getting each when it is written. */
  static void populate(MemorySegment memory) {
    advise(memory, MADV_POPULATE_WRITE);
  }

  /** Maps all pages that are there already at once. */
  static void mapAll(MemorySegment memory) {
    advise(memory, MADV_POPULATE_READ);
  }

  private static void advise(MemorySegment memory, int advice) {
    // A kernel before 5.14 refuses, and pages come one by one.
    try {
      int _ = (int) MADVISE.invokeExact(memory, memory.byteSize(), advice);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  static void close(int descriptor) {
    try {
      int _ = (int) CLOSE.invokeExact(descriptor);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  private static IllegalStateException unexpected(Throwable e) {
    return new IllegalStateException("a function of the C library cannot be called", e);
  }
}
