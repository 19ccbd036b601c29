package io.dioptra.worker.config;

import java.time.Duration;
import java.util.Optional;

/**
 * How the worker takes part in RQ.
 *
 * @param name what RQ calls the worker, empty for a name that nobody else has
 * @param resultsTtl how long a finished job stays where it does not say so itself; zero deletes it
 *     at once, negative keeps it for ever
 * @param workerTtl after how long without a sign of life an idle worker counts as dead
 * @param monitoringInterval twice the time between two heartbeats of a running job
 * @param maintenanceInterval how often RQ's registries are swept
 * @param scheduler whether the worker moves scheduled jobs that are due into their queues
 * @param giveUpAfter how long Redis may be away before the worker ends, empty for ever
 */
public record RqSettings(
    Optional<String> name,
    DequeueStrategy strategy,
    Duration resultsTtl,
    Duration workerTtl,
    Duration monitoringInterval,
    Duration maintenanceInterval,
    boolean scheduler,
    Optional<Duration> giveUpAfter) {
  private static final Duration RESULTS_TTL = Duration.ofSeconds(500);
  private static final Duration WORKER_TTL = Duration.ofMinutes(7);
  private static final Duration MONITORING_INTERVAL = Duration.ofSeconds(30);
  private static final Duration MAINTENANCE_INTERVAL = Duration.ofMinutes(10);

  /** RQ's own defaults. */
  public static final RqSettings DEFAULT =
      new RqSettings(
          Optional.empty(),
          DequeueStrategy.DEFAULT,
          RESULTS_TTL,
          WORKER_TTL,
          MONITORING_INTERVAL,
          MAINTENANCE_INTERVAL,
          false,
          Optional.empty());

  public RqSettings withResultsTtl(Duration ttl) {
    return new RqSettings(
        name,
        strategy,
        ttl,
        workerTtl,
        monitoringInterval,
        maintenanceInterval,
        scheduler,
        giveUpAfter);
  }

  public RqSettings withMaintenanceInterval(Duration interval) {
    return new RqSettings(
        name,
        strategy,
        resultsTtl,
        workerTtl,
        monitoringInterval,
        interval,
        scheduler,
        giveUpAfter);
  }

  public RqSettings withMonitoringInterval(Duration interval) {
    return new RqSettings(
        name,
        strategy,
        resultsTtl,
        workerTtl,
        interval,
        maintenanceInterval,
        scheduler,
        giveUpAfter);
  }

  public RqSettings withGiveUpAfter(Duration outage) {
    return new RqSettings(
        name,
        strategy,
        resultsTtl,
        workerTtl,
        monitoringInterval,
        maintenanceInterval,
        scheduler,
        Optional.of(outage));
  }
}
