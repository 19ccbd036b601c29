package io.dioptra.worker.config;

import java.util.List;
import java.util.Optional;

/**
 * What a kind of worker brings: a name, the queue it serves where none is named, and the Python
 * modules that its jobs are likely to import.
 *
 * @param name the name of the Python environment
 * @param defaultQueue where the image does not give its name either
 * @param cuda what its libraries need of the machine, where they use GPUs
 */
public record WorkerEnvironment(
    String name, String defaultQueue, List<String> preload, Optional<CudaNeed> cuda) {
  public WorkerEnvironment {
    preload = List.copyOf(preload);
  }

  /** One whose libraries use the CPU. */
  public static WorkerEnvironment onCpu(String name, String defaultQueue, List<String> preload) {
    return new WorkerEnvironment(name, defaultQueue, preload, Optional.empty());
  }

  /** One with the same libraries on GPUs, and the queue of its own name. */
  public WorkerEnvironment onGpu(String gpuName, CudaNeed need) {
    return new WorkerEnvironment(gpuName, gpuName, preload, Optional.of(need));
  }
}
