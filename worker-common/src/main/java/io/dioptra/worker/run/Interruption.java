package io.dioptra.worker.run;

import io.dioptra.worker.host.TaskHost;
import io.dioptra.worker.job.JobOutcome;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An order from outside to end an attempt: its time is over, or its lease is lost. The first one
 * counts; it ends the task host, whether that is there already or comes later. Any thread may call.
 */
final class Interruption {
  private final AtomicReference<@Nullable JobOutcome> order = new AtomicReference<>();
  private final CompletableFuture<Consumer<TaskHost>> ordered = new CompletableFuture<>();

  /** Ends the host at once. */
  void order(JobOutcome outcome) {
    order(outcome, TaskHost::kill);
  }

  /** Shows where the tasks are, asks the host to end and ends it after the grace. */
  void orderSoftly(JobOutcome outcome, Duration grace) {
    order(outcome, host -> host.end(grace));
  }

  private void order(JobOutcome outcome, Consumer<TaskHost> end) {
    if (order.compareAndSet(null, outcome)) {
      ordered.complete(end);
    }
  }

  Optional<JobOutcome> ordered() {
    return Optional.ofNullable(order.get());
  }

  /** From now on an order ends this host; one that came before does so at once. */
  void reaches(TaskHost host) {
    ordered.thenAccept(end -> end.accept(host)).exceptionally(_ -> null);
  }
}
