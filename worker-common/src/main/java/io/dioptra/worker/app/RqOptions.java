package io.dioptra.worker.app;

import io.dioptra.worker.config.DequeueStrategy;
import io.dioptra.worker.config.RqSettings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The options that say how the worker takes part in RQ. */
final class RqOptions {
  private Optional<String> name = RqSettings.DEFAULT.name();
  private DequeueStrategy strategy = RqSettings.DEFAULT.strategy();
  private Duration resultsTtl = RqSettings.DEFAULT.resultsTtl();
  private Duration workerTtl = RqSettings.DEFAULT.workerTtl();
  private Duration monitoringInterval = RqSettings.DEFAULT.monitoringInterval();
  private Duration maintenanceInterval = RqSettings.DEFAULT.maintenanceInterval();
  private boolean scheduler = RqSettings.DEFAULT.scheduler();
  private Optional<Duration> giveUpAfter = RqSettings.DEFAULT.giveUpAfter();

  List<Option> options() {
    return List.of(
        Option.value(
            "-ds, --dequeue-strategy",
            "default|round_robin|random",
            "In which order several queues are looked at: as they are named, the one of the last"
                + " job last, or by chance.",
            it -> strategy = OptionValue.choice(DequeueStrategy.class, it)),
        Option.value(
            "--job-monitoring-interval",
            "SECONDS",
            "Twice the time between two heartbeats of a running job. Default: 30.",
            it -> monitoringInterval = OptionValue.interval(it)),
        Option.value(
            "--maintenance-interval",
            "SECONDS",
            "How often RQ's registries are swept. Default: 600.",
            it -> maintenanceInterval = OptionValue.interval(it)),
        Option.value(
            "-n, --name",
            "NAME",
            "What RQ calls this worker. Default: a name that nobody else has. With several slots,"
                + " -1, -2 and so on are added.",
            it -> name = Optional.of(it)),
        Option.value(
            "--redis-give-up-after",
            "SECONDS",
            "End, with status 1, when Redis has been away for so long. Default: never.",
            it -> giveUpAfter = Optional.of(OptionValue.interval(it))),
        Option.value(
            "--results-ttl",
            "SECONDS",
            "How long RQ keeps the result of a finished job; -1 for ever. Default: 500.",
            it -> resultsTtl = OptionValue.signedSeconds(it)),
        Option.value(
            "-S, --serializer",
            "pickle|json",
            "Accepted, as rq's worker has it: both are read, whichever a job comes in.",
            OptionValue::serializer),
        Option.flag(
            "-s, --with-scheduler",
            "Move scheduled jobs that are due into their queues.",
            () -> scheduler = true),
        Option.value(
            "--worker-ttl",
            "SECONDS",
            "After how long without a sign of life an idle worker counts as dead. Default: 420.",
            it -> workerTtl = OptionValue.interval(it)));
  }

  RqSettings settings() {
    return new RqSettings(
        name,
        strategy,
        resultsTtl,
        workerTtl,
        monitoringInterval,
        maintenanceInterval,
        scheduler,
        giveUpAfter);
  }
}
