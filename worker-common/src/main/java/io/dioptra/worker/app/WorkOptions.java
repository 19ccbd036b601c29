package io.dioptra.worker.app;

import io.dioptra.worker.config.UnfinishedJob;
import io.dioptra.worker.config.WorkSettings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The options that say how much the worker does, and how its work ends. */
final class WorkOptions {
  private int concurrency = WorkSettings.DEFAULT.concurrency();
  private boolean burst = WorkSettings.DEFAULT.burst();
  private Optional<Integer> maxJobs = WorkSettings.DEFAULT.maxJobs();
  private Optional<Duration> maxIdle = WorkSettings.DEFAULT.maxIdle();
  private Optional<Duration> shutdownTimeout = WorkSettings.DEFAULT.shutdownTimeout();
  private UnfinishedJob onShutdown = WorkSettings.DEFAULT.onShutdown();
  private UnfinishedJob lostJob = WorkSettings.DEFAULT.lostJob();
  private Optional<Integer> freeGpuMemory = WorkSettings.DEFAULT.freeGpuMemory();

  List<Option> options() {
    return List.of(
        Option.flag("-b, --burst", "End when all queues are empty.", () -> burst = true),
        Option.value(
            "--concurrency",
            "N",
            "Run so many jobs at a time. Where there are GPUs, each slot has one of its own."
                + " Default: 1.",
            it -> concurrency = OptionValue.count(it, "slots")),
        Option.value(
            "--gpu-memory-free",
            "MIB",
            "Take a job only while so much memory of the GPU is free.",
            it -> freeGpuMemory = Optional.of(OptionValue.count(it, "MiB"))),
        Option.value(
            "--lost-job",
            "fail|requeue",
            "What becomes of a job whose worker disappeared. requeue runs it again, three times"
                + " within 72 hours at most. Default: fail.",
            it -> lostJob = OptionValue.choice(UnfinishedJob.class, it)),
        Option.value(
            "--max-idle-time",
            "SECONDS",
            "End after so long without a job.",
            it -> maxIdle = Optional.of(OptionValue.interval(it))),
        Option.value(
            "--max-jobs",
            "N",
            "End after so many jobs.",
            it -> maxJobs = Optional.of(OptionValue.count(it, "jobs"))),
        Option.value(
            "--on-shutdown",
            "fail|requeue",
            "What becomes of a job that takes longer than the shutdown timeout, or than a second"
                + " signal. Default: fail.",
            it -> onShutdown = OptionValue.choice(UnfinishedJob.class, it)),
        Option.value(
            "--shutdown-timeout",
            "SECONDS",
            "How long running jobs may go on when the worker is told to end; choose less than the"
                + " container's grace period. Default: as long as they take.",
            it -> shutdownTimeout = Optional.of(OptionValue.seconds(it))));
  }

  WorkSettings settings() {
    return new WorkSettings(
        concurrency, burst, maxJobs, maxIdle, shutdownTimeout, onShutdown, lostJob, freeGpuMemory);
  }
}
