package io.dioptra.worker.app;

import io.dioptra.worker.gpu.GpuDevices;
import io.dioptra.worker.gpu.GpuException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether enough memory of a slot's GPUs is free for a job. Asked by one thread. */
final class GpuRoom {
  private static final Logger LOG = LoggerFactory.getLogger(GpuRoom.class);

  private final GpuDevices devices;
  private final List<String> own;
  private final int needed;
  private boolean wasEnough = true;

  /**
   * @param needed in MiB, on each of them
   */
  GpuRoom(GpuDevices devices, List<String> own, int needed) {
    this.devices = devices;
    this.own = own;
    this.needed = needed;
  }

  /** Looks now. A driver that does not answer has no room; it is said once that it begins. */
  boolean isEnough() {
    String why = "";
    try {
      for (String device : own) {
        int free = devices.freeMemory(device);
        if (free < needed) {
          why = "%d of %d MiB are free on %s".formatted(free, needed, device);
        }
      }
    } catch (GpuException e) {
      why = e.getMessage() + "; the operator should see to the GPU's driver";
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
    if (wasEnough && !why.isEmpty()) {
      LOG.warn("No job is taken, as {}", why);
    } else if (!wasEnough && why.isEmpty()) {
      LOG.info("There is room on the GPU again");
    }
    wasEnough = why.isEmpty();
    return wasEnough;
  }
}
