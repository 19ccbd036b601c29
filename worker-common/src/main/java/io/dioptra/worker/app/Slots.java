package io.dioptra.worker.app;

import io.dioptra.worker.config.WorkSettings;
import io.dioptra.worker.queue.RqWorker;
import io.dioptra.worker.queue.redis.QueueException;
import io.dioptra.worker.run.JobRunner;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the slots of a worker, each on a thread of its own. */
final class Slots {
  private static final Logger LOG = LoggerFactory.getLogger(Slots.class);

  private final List<Slot> slots;
  private final JobRunner runner;
  private final Shutdown shutdown;
  private final WorkSettings settings;

  Slots(List<Slot> slots, JobRunner runner, Shutdown shutdown, WorkSettings settings) {
    this.slots = List.copyOf(slots);
    this.runner = runner;
    this.shutdown = shutdown;
    this.settings = settings;
  }

  /**
   * Runs until all slots have ended.
   *
   * @throws StartException if Redis has been away for too long
   */
  void run() throws InterruptedException, StartException {
    JobBudget budget = new JobBudget(settings.maxJobs());
    CompletableFuture<Void> stopping =
        shutdown.asked().thenRun(() -> slots.stream().map(Slot::queue).forEach(RqWorker::stop));
    try (ExecutorService threads =
        Executors.newThreadPerTaskExecutor(Thread.ofPlatform().name("slot-", 1).factory())) {
      ExecutorCompletionService<Slot> running = new ExecutorCompletionService<>(threads);
      for (Slot slot : slots) {
        WorkLoop loop = new WorkLoop(slot, runner, shutdown, settings, budget);
        var _ =
            running.submit(
                () -> {
                  loop.run();
                  return slot;
                });
      }
      awaitAll(running);
    } finally {
      stopping.cancel(false);
    }
  }

  private void awaitAll(ExecutorCompletionService<Slot> running)
      throws InterruptedException, StartException {
    Optional<StartException> failure = Optional.empty();
    for (int ended = 0; ended < slots.size(); ended++) {
      try {
        var _ = running.take().get();
      } catch (ExecutionException e) {
        failure = failure.or(() -> Optional.of(failure(e)));
      }
    }
    if (failure.isPresent()) {
      throw failure.get();
    }
  }

  /** One slot that cannot go on ends the others: their Redis is the same. */
  private StartException failure(ExecutionException e) {
    shutdown.ask();
    if (e.getCause() instanceof QueueException gone) {
      return new StartException("The worker gives up: " + gone.getMessage(), gone);
    }
    LOG.error("A slot cannot go on", e.getCause());
    return new StartException(
        "The worker ends, because of a defect in it: %s. Please report it with the lines above."
            .formatted(e.getCause()),
        e);
  }
}
