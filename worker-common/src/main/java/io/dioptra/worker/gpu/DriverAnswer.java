package io.dioptra.worker.gpu;

import java.util.List;
import java.util.Optional;

/** What NVIDIA's driver says of itself. */
sealed interface DriverAnswer {
  /**
   * One that works.
   *
   * @param version for example {@code 550.54.14}
   * @param cuda the newest CUDA that it runs; empty where it did not say
   */
  record Found(String version, Optional<String> cuda, List<Gpu> gpus) implements DriverAnswer {
    public Found {
      gpus = List.copyOf(gpus);
    }
  }

  /** There is none in this container or on this machine. */
  record Missing() implements DriverAnswer {}

  /** There is one, and it does not work. */
  record Broken(String reason) implements DriverAnswer {}
}
