package io.dioptra.worker.host;

import java.util.Map;
import java.util.OptionalInt;

/** How a host ended. */
public sealed interface HostExit {
  /** It left by itself. */
  record Left(int status) implements HostExit {}

  record Signalled(int signal) implements HostExit {}

  /** Its template ended, and it with it, or nobody could see how it ended. */
  record Vanished(String reason) implements HostExit {}

  /** In words that follow "the task host". */
  default String words() {
    return switch (this) {
      case Left(int status) -> "left with exit status " + status;
      case Signalled(int signal) -> "was ended by signal " + signal + nameOf(signal);
      case Vanished(String reason) -> reason;
    };
  }

  static HostExit of(OptionalInt status, OptionalInt signal) {
    if (signal.isPresent()) {
      return new Signalled(signal.getAsInt());
    }
    return status.isPresent()
        ? new Left(status.getAsInt())
        : new Vanished("ended in a way that was not seen");
  }

  /** A child of ours is reported by the JVM with 128 and the signal, as a shell does. */
  static HostExit ofProcess(int exitValue) {
    return exitValue > 128 ? new Signalled(exitValue - 128) : new Left(exitValue);
  }

  private static String nameOf(int signal) {
    Map<Integer, String> names =
        Map.of(
            4, "SIGILL", 6, "SIGABRT", 7, "SIGBUS", 8, "SIGFPE", 9, "SIGKILL", 11, "SIGSEGV", 15,
            "SIGTERM");
    String name = names.get(signal);
    return name == null ? "" : " (" + name + ")";
  }
}
