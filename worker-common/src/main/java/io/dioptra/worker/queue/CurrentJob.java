package io.dioptra.worker.queue;

import io.dioptra.worker.queue.command.Command;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a worker is at, if anything, and what others may do to it. Any thread may call it. */
final class CurrentJob {
  private static final Logger logger = LoggerFactory.getLogger(CurrentJob.class);

  private final WorkerName worker;
  private final Runnable shutdown;
  private volatile @Nullable LeaseKeeper keeper;

  /**
   * @param shutdown what the command means that ends the worker
   */
  CurrentJob(WorkerName worker, Runnable shutdown) {
    this.worker = worker;
    this.shutdown = shutdown;
  }

  void begin(LeaseKeeper fresh) {
    keeper = fresh;
  }

  /** The lease of the job that runs. */
  Optional<LeaseKeeper> lease() {
    return Optional.ofNullable(keeper).filter(it -> !it.isClosed());
  }

  /** Others are to see that this worker was told to end and only finishes its job. */
  void announceEnd(Instant asked) {
    lease().ifPresent(it -> it.announceEnd(asked));
  }

  /** Does what it is told; never blocks. */
  void obey(Command command) {
    switch (command) {
      case Command.Shutdown _ -> {
        logger.info("Worker {}: told to end by RQ's command shutdown.", worker);
        shutdown.run();
      }
      case Command.KillHorse _ -> end(command, lease(), EarlyEnd.KILLED);
      case Command.StopJob(String job) ->
          end(command, lease().filter(it -> it.isFor(job)), EarlyEnd.STOPPED);
      case Command.StopExecution(String job, String execution) ->
          end(
              command,
              lease().filter(it -> it.isFor(job) && it.execution().equals(execution)),
              EarlyEnd.STOPPED);
    }
  }

  private void end(Command command, Optional<LeaseKeeper> meant, EarlyEnd how) {
    meant.ifPresentOrElse(
        lease -> {
          logger.info("Worker {}: ends its job by RQ's command: {}.", worker, how);
          lease.ended().complete(how);
        },
        () ->
            logger.info(
                "Worker {}: overlooks RQ's command {}: it is not at that job.", worker, command));
  }
}
