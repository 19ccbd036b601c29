package io.dioptra.worker.api;

import io.dioptra.worker.retry.MonotonicClock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The API's version, remembered for a while: asking for it per job is one request too many, and
 * never again would miss an upgrade. Any thread may use it.
 */
final class KnownVersion {
  private static final Duration FRESH = Duration.ofMinutes(5);

  private final MonotonicClock clock;
  private volatile @Nullable Known known;

  KnownVersion(MonotonicClock clock) {
    this.clock = clock;
  }

  private record Known(ApiVersion version, long since) {}

  /** Asks the API. */
  interface Asking {
    ApiVersion ask() throws ApiException, InterruptedException;
  }

  ApiVersion known(Asking asking) throws ApiException, InterruptedException {
    Known present = known;
    long now = clock.nanoTime();
    if (present != null && now - present.since() < FRESH.toNanos()) {
      return present.version();
    }
    ApiVersion version = asking.ask();
    known = new Known(version, now);
    return version;
  }
}
