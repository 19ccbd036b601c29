package io.dioptra.worker.app;

import io.dioptra.worker.telemetry.HealthFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the disk has room for a job's folder. With a full disk every job would fail, so none is
 * taken. Asked by one thread.
 */
final class DiskRoom implements BooleanSupplier {
  private static final Logger LOG = LoggerFactory.getLogger(DiskRoom.class);

  /** Less than the code and the inputs of a small job need. */
  private static final long LEAST = 32L << 20;

  private final Path folder;
  private final HealthFile health;
  private boolean wasEnough = true;

  DiskRoom(Path folder, HealthFile health) {
    this.folder = folder;
    this.health = health;
  }

  /** Looks now; it is said once that the disk is full. */
  @Override
  public boolean getAsBoolean() {
    long free = free();
    boolean isEnough = free >= LEAST;
    if (wasEnough && !isEnough) {
      LOG.warn(
          "No job is taken, as {} has {} MiB left of the {} that one needs; the operator should"
              + " make room there",
          folder,
          free >> 20,
          LEAST >> 20);
      health.starting("waits for room on the disk");
    } else if (!wasEnough && isEnough) {
      LOG.info("There is room in {} again", folder);
      health.working("idle");
    }
    wasEnough = isEnough;
    return isEnough;
  }

  private long free() {
    try {
      return Files.getFileStore(folder).getUsableSpace();
    } catch (IOException e) {
      // A folder that is gone is told by the job that cannot begin.
      LOG.debug("The free space of {} is not known", folder, e);
      return Long.MAX_VALUE;
    }
  }
}
