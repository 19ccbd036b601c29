package io.dioptra.worker.telemetry;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says in a file what the worker does, and until when it counts as healthy unless that is renewed:
 * seconds since 1970, a blank, and words. A health check reads it without starting anything. The
 * loops that have to turn renew it, so it grows old when they stand still. Any thread may call it.
 */
public final class HealthFile implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HealthFile.class);

  /** Heartbeats come every 15 s, and later by the time that connecting to a dead Redis takes. */
  private static final Duration VALID = Duration.ofSeconds(90);

  private static final Duration RENEWAL = Duration.ofSeconds(5);

  private final Optional<Path> file;
  private final InstantSource clock;
  private Instant written = Instant.EPOCH;
  private String state = "starting";
  private boolean isHealthy;
  private boolean isDraining;
  private boolean isClosed;

  /**
   * @param file empty where nobody wants to know
   */
  public HealthFile(Optional<Path> file, InstantSource clock) {
    this.file = file;
    this.clock = clock;
    starting("starting");
  }

  /** The worker cannot take jobs yet. */
  public synchronized void starting(String words) {
    isHealthy = false;
    state = words;
    write();
  }

  /** The worker does its work from now on, this one. */
  public synchronized void working(String words) {
    isHealthy = true;
    state = words;
    write();
  }

  /** Whatever the worker does, it is the last thing. */
  public synchronized void draining() {
    isDraining = true;
    write();
  }

  /** A loop has turned. Cheap enough to be called at every turn; never fails. */
  public synchronized void renew() {
    if (isHealthy && Duration.between(written, clock.instant()).abs().compareTo(RENEWAL) >= 0) {
      write();
    }
  }

  @Override
  public synchronized void close() {
    isClosed = true;
    try {
      if (file.isPresent()) {
        Files.deleteIfExists(file.get());
      }
    } catch (IOException e) {
      LOG.debug("The health file was not removed", e);
    }
  }

  private void write() {
    if (file.isEmpty() || isClosed) {
      return;
    }
    Instant now = clock.instant();
    boolean isFirst = written.equals(Instant.EPOCH);
    written = now;
    long until = isHealthy ? now.plus(VALID).getEpochSecond() : 0;
    Path fresh = file.get().resolveSibling(file.get().getFileName() + ".new");
    try {
      Files.writeString(
          fresh, "%d %s%s\n".formatted(until, state, isDraining ? ", then it ends" : ""));
      Files.move(fresh, file.get(), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      if (isFirst) {
        LOG.warn(
            "The health file {} cannot be written ({}): the health check will fail. The operator"
                + " should make its folder writable, or set DIOPTRA_WORKER_HEALTH_FILE to a file"
                + " in one that is.",
            file.get(),
            e.toString());
      }
    }
  }
}
