package io.dioptra.worker.jvm.natives;

import java.lang.foreign.Arena;
import java.lang.foreign.SymbolLookup;

/** The driver of NVIDIA, without which the CUDA build of a framework is of no use. */
public final class NvidiaDriver {
  /** A container shows the kernel's part of the host's driver; this part has to be given to it. */
  public static final String LIBRARY = "libcuda.so.1";

  private NvidiaDriver() {}

  /** Whether this process can load it. */
  @SuppressWarnings("restricted") // the host is started with leave to call native functions
  public static boolean isHere() {
    try (Arena arena = Arena.ofConfined()) {
      return !SymbolLookup.libraryLookup(LIBRARY, arena).find("cuInit").isEmpty();
    } catch (IllegalArgumentException _) {
      return false;
    }
  }
}
