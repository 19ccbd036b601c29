package io.dioptra.worker.run;

import java.nio.file.Path;
import java.time.Duration;

/**
 * How attempts are made.
 *
 * @param work the folder below which each attempt gets its own
 * @param logLevel the lowest level of the job's log, as Python names it
 * @param patience how long one request is repeated while a neighbour is out of order
 * @param lastWord how long the final status is sent before it is given up
 */
public record AttemptSettings(Path work, String logLevel, Duration patience, Duration lastWord) {}
