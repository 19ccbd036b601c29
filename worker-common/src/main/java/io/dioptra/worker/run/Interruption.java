package io.dioptra.worker.run;

import io.dioptra.worker.host.TaskHost;
import io.dioptra.worker.job.JobOutcome;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * An order from outside to end an attempt: its time is over, or its lease is lost. The first one
 * counts; it ends the task host, whether that is there already or comes later. Any thread may call.
 */
final class Interruption {
  private final AtomicReference<@Nullable JobOutcome> order = new AtomicReference<>();
  private final CompletableFuture<@Nullable Void> ordered = new CompletableFuture<>();

  void order(JobOutcome outcome) {
    if (order.compareAndSet(null, outcome)) {
      ordered.complete(null);
    }
  }

  Optional<JobOutcome> ordered() {
    return Optional.ofNullable(order.get());
  }

  /** From now on an order ends this host; one that came before does so at once. */
  void reaches(TaskHost host) {
    ordered.thenRun(host::kill).exceptionally(_ -> null);
  }
}
