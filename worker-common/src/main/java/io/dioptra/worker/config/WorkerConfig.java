package io.dioptra.worker.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * All settings of a worker, checked.
 *
 * @param queues in the order in which they are looked at
 * @param workFolder the folder below which each job gets its own
 * @param logLevel the lowest level of the worker's and the jobs' logs, as Python names it
 * @param logAsJson whether the worker's own log is written as JSON lines
 * @param healthFile where to say until when the worker counts as healthy
 */
public record WorkerConfig(
    ApiSettings api,
    RedisSettings redis,
    TrackingSettings tracking,
    PythonSettings python,
    List<String> queues,
    RqSettings rq,
    WorkSettings work,
    JobSettings job,
    Path workFolder,
    String logLevel,
    boolean logAsJson,
    Optional<Path> healthFile) {
  public WorkerConfig {
    queues = List.copyOf(queues);
  }
}
