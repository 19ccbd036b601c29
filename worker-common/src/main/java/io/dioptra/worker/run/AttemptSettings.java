package io.dioptra.worker.run;

import io.dioptra.worker.config.JobLimits;
import io.dioptra.worker.config.JobUser;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How attempts are made.
 *
 * @param work the folder below which each attempt gets its own
 * @param logLevel the lowest level of the job's log, as Python names it
 * @param lastWord how long Dioptra is told that a job starts, and how it ended, before that is
 *     given up
 * @param user as whom job code runs, where that is not the worker
 */
public record AttemptSettings(
    Path work, String logLevel, Duration lastWord, JobLimits limits, Optional<JobUser> user) {}
