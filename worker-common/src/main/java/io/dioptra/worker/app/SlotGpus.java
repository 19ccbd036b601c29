package io.dioptra.worker.app;

import io.dioptra.worker.config.WorkSettings;
import io.dioptra.worker.gpu.GpuDevices;
import io.dioptra.worker.gpu.GpuException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which GPUs a slot uses: all that are visible where there is one slot, otherwise one of its own.
 *
 * @param visible those that CUDA sees, as far as anybody asked
 */
record SlotGpus(WorkSettings settings, GpuDevices devices, List<String> visible) {
  private static final Logger LOG = LoggerFactory.getLogger(SlotGpus.class);

  /**
   * Asks the driver only where the answer matters.
   *
   * @param usesGpus whether the image's libraries can use GPUs
   * @throws StartException if there are fewer GPUs than slots, or none whose memory could be free
   */
  static SlotGpus of(WorkSettings settings, boolean usesGpus, GpuDevices devices)
      throws StartException, InterruptedException {
    if (settings.freeGpuMemory().isEmpty() && (settings.concurrency() == 1 || !usesGpus)) {
      return new SlotGpus(settings, devices, List.of());
    }
    try {
      SlotGpus gpus = new SlotGpus(settings, devices, devices.visible());
      gpus.check();
      return gpus;
    } catch (GpuException e) {
      if (settings.freeGpuMemory().isPresent()) {
        throw noGpu(String.valueOf(e.getMessage()));
      }
      LOG.warn("All slots use the CPU, as no GPU can be found: {}.", e.getMessage());
      return new SlotGpus(settings, devices, List.of());
    }
  }

  /** What the jobs of a slot find in their environment. */
  Map<String, String> variables(int slot) {
    return settings.concurrency() == 1 || visible.isEmpty()
        ? Map.of()
        : Map.of(GpuDevices.VARIABLE, own(slot).getFirst());
  }

  /** Whether a slot has room for a job, looked up each time it is asked. */
  BooleanSupplier room(int slot) {
    Optional<Integer> needed = settings.freeGpuMemory();
    return needed.isPresent()
        ? new GpuRoom(devices, own(slot), needed.get())::isEnough
        : () -> true;
  }

  private List<String> own(int slot) {
    return settings.concurrency() == 1 ? visible : List.of(visible.get(slot - 1));
  }

  private void check() throws StartException, GpuException, InterruptedException {
    if (settings.freeGpuMemory().isPresent()) {
      if (visible.isEmpty()) {
        throw noGpu("CUDA_VISIBLE_DEVICES hides all there are");
      }
      for (String device : visible) {
        int _ = devices.freeMemory(device);
      }
    }
    if (!visible.isEmpty() && settings.concurrency() > visible.size()) {
      throw new StartException(
          ("Cannot start: --concurrency %d, but there are only %d GPUs (%s), and each slot has one"
                  + " of its own. The operator should take fewer slots, or make more GPUs visible.")
              .formatted(settings.concurrency(), visible.size(), String.join(", ", visible)));
    }
  }

  private static StartException noGpu(String why) {
    return new StartException(
        "Cannot start: --gpu-memory-free needs a GPU whose memory the driver tells, but "
            + why
            + ". The operator should make one visible, or leave the option out.");
  }
}
