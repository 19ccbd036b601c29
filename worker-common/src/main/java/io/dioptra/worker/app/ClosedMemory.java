package io.dioptra.worker.app;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps other processes of the worker's user out of its memory, its environment and its
 * descriptors: job code may be one of them. By {@code PR_SET_DUMPABLE} of prctl(2), which the JDK
 * has no word for.
 */
final class ClosedMemory {
  private static final Logger LOG = LoggerFactory.getLogger(ClosedMemory.class);
  private static final int SET_DUMPABLE = 4;

  private ClosedMemory() {}

  /** Has to be done before the first job. Where it cannot be, that is said. */
  @SuppressWarnings("restricted") // the one call of C in the worker, with a signature that is right
  static void close() {
    try {
      Linker linker = Linker.nativeLinker();
      MethodHandle prctl =
          linker.downcallHandle(
              linker.defaultLookup().findOrThrow("prctl"),
              FunctionDescriptor.of(
                  ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG),
              Linker.Option.firstVariadicArg(1));
      int failed = (int) prctl.invokeExact(SET_DUMPABLE, 0L);
      if (failed != 0) {
        throw new IllegalStateException("prctl returned " + failed);
      }
    } catch (Throwable e) { // what a method handle throws
      LOG.warn(
          "Job code of the worker's own user can read the worker's memory and environment, as they"
              + " cannot be closed here: {}. Start the worker as root, so that jobs run as another"
              + " user.",
          e.toString());
    }
  }
}
