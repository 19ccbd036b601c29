package io.dioptra.worker.app;

import io.dioptra.worker.config.JobCredentials;
import io.dioptra.worker.config.JobLimits;
import io.dioptra.worker.config.JobSettings;
import io.dioptra.worker.config.UserChoice;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** The options that say what job code may do and use. */
final class JobOptions {
  private JobCredentials credentials = JobSettings.DEFAULT.credentials();
  private UserChoice user = JobSettings.DEFAULT.user();
  private OptionalLong memory = JobLimits.DEFAULT.memory();
  private OptionalInt processes = JobLimits.DEFAULT.processes();
  private OptionalInt openFiles = JobLimits.DEFAULT.openFiles();
  private OptionalLong folder = JobLimits.DEFAULT.folder();
  private Duration grace = JobLimits.DEFAULT.grace();

  List<Option> options() {
    return List.of(
        Option.value(
            "--job-credentials",
            "relay|worker",
            "With whose account plugins use Dioptra's client. relay: one of their own, which"
                + " may read everything but write only the job's own metrics, log and"
                + " artifacts. worker: the worker's, as Dioptra's worker does. Default:"
                + " relay.",
            it -> credentials = OptionValue.choice(JobCredentials.class, it)),
        Option.value(
            "--job-folder-size",
            "SIZE",
            "End a job whose folder holds more, for example 20g. Default: no limit.",
            it -> folder = OptionalLong.of(OptionValue.bytes(it))),
        Option.value(
            "--job-grace",
            "SECONDS",
            "How long a job whose time is over may tidy up between SIGTERM and SIGKILL."
                + " Default: 3.",
            it -> grace = OptionValue.seconds(it)),
        Option.value(
            "--job-memory",
            "SIZE",
            "End a job whose processes use more memory together, for example 8g. Default: no"
                + " limit but the container's.",
            it -> memory = OptionalLong.of(OptionValue.bytes(it))),
        Option.value(
            "--job-open-files",
            "N",
            "How many files each process of a job may have open. Default: as many as the worker.",
            it -> openFiles = OptionalInt.of(OptionValue.count(it, "files"))),
        Option.value(
            "--job-processes",
            "N",
            "End a job that runs more processes at a time. Default: no limit.",
            it -> processes = OptionalInt.of(OptionValue.count(it, "processes"))),
        Option.value(
            "--job-user",
            "auto|same|UID[:GID]",
            "As whom job code runs. auto: as 39000:100 where the worker is root, else as the"
                + " worker. Default: auto.",
            it -> user = OptionValue.user(it)));
  }

  JobSettings settings() {
    return new JobSettings(
        credentials, new JobLimits(memory, processes, openFiles, folder, grace), user);
  }
}
