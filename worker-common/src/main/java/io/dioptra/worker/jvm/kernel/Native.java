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

  /** An int that a function of C returned. */
  private static int call(MethodHandle function, Object... arguments) {
    try {
      return (int) function.invokeWithArguments(arguments);
    } catch (Throwable e) {
      throw new IllegalStateException("a function of the C library cannot be called", e);
    }
  }

  /** The descriptor of a new file that lies in no folder. */
  static int memoryFile(String name) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      int descriptor = call(MEMFD_CREATE, arena.allocateFrom(name), MFD_CLOEXEC);
      if (descriptor < 0) {
        throw new IOException(
            "the system gave no shared memory (memfd_create): too many files are open, or a"
                + " security profile of the container forbids it");
      }
      return descriptor;
    }
  }

  /** Gets all pages at once: half the time of getting each when it is first written. */
  static void populate(MemorySegment memory) {
    // A kernel before 5.14 refuses, and gets them one by one.
    int _ = call(MADVISE, memory, memory.byteSize(), MADV_POPULATE_WRITE);
  }

  static void close(int descriptor) {
    int _ = call(CLOSE, descriptor);
  }
}
