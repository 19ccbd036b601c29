package io.dioptra.worker.host;

import java.time.Duration;
import java.util.Map;
import java.util.OptionalInt;

/** How a host ended. */
public sealed interface HostExit {
  /**
   * It left by itself.
   *
   * @param processorTime of it and of the children it waited for
   */
  record Left(int status, Duration processorTime) implements HostExit {}

  /**
   * It was ended.
   *
   * @param processorTime of it and of the children it waited for
   */
  record Signalled(int signal, Duration processorTime) implements HostExit {}

  /** Its template ended, and it with it, or nobody could see how it ended. */
  record Vanished(String reason) implements HostExit {}

  /** In words that follow "the task host". */
  default String words() {
    return switch (this) {
      case Left(int status, var _) -> "left with exit status " + status;
      case Signalled(int signal, var _) -> "was ended by signal " + signal + nameOf(signal);
      case Vanished(String reason) -> reason;
    };
  }

  /** What it used; zero where nobody saw its end. */
  default Duration used() {
    return switch (this) {
      case Left(var _, Duration processorTime) -> processorTime;
      case Signalled(var _, Duration processorTime) -> processorTime;
      case Vanished _ -> Duration.ZERO;
    };
  }

  static HostExit of(OptionalInt status, OptionalInt signal, Duration processorTime) {
    if (signal.isPresent()) {
      return new Signalled(signal.getAsInt(), processorTime);
    }
    return status.isPresent()
        ? new Left(status.getAsInt(), processorTime)
        : new Vanished("ended in a way that was not seen");
  }

  /** A child of ours is reported by the JVM with 128 and the signal, as a shell does. */
  static HostExit ofProcess(int exitValue) {
    return exitValue > 128
        ? new Signalled(exitValue - 128, Duration.ZERO)
        : new Left(exitValue, Duration.ZERO);
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
