package io.dioptra.worker.bench.queue;

import io.dioptra.worker.job.JobOutcome;
import io.dioptra.worker.job.QueueName;
import io.dioptra.worker.queue.Claim;
import io.dioptra.worker.queue.LostJob;
import io.dioptra.worker.queue.Maintenance;
import io.dioptra.worker.queue.QueueSettings;
import io.dioptra.worker.queue.RqWorker;
import io.dioptra.worker.queue.WorkerName;
import io.dioptra.worker.queue.redis.RedisAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** The queue's part of this worker with all its threads, in this process. */
final class OurWorker implements QueueWorker {
  private static final Duration LONG = Duration.ofDays(1);

  private final RqWorker worker;
  private final Maintenance maintenance;
  private final CompletableFuture<Void> ended = new CompletableFuture<>();

  OurWorker(String redis, List<String> queues) {
    worker = register(redis, queues);
    maintenance =
        new Maintenance(
            settings(redis, queues), Clock.systemUTC(), List.of(worker), OurWorker::refuse);
    Thread.ofPlatform().name("our-worker").start(this::work);
  }

  static RqWorker register(String redis, List<String> queues) {
    return RqWorker.register(settings(redis, queues), Clock.systemUTC(), () -> {});
  }

  private static QueueSettings settings(String redis, List<String> queues) {
    return QueueSettings.of(
        RedisAddress.parse(redis),
        queues.stream().map(QueueName::new).toList(),
        WorkerName.fresh());
  }

  @Override
  public String name() {
    return "ours";
  }

  @Override
  public void close() {
    worker.stop();
    maintenance.close();
    ended.join();
  }

  private void work() {
    try (worker) {
      Optional<Claim> claim = worker.take(LONG);
      while (claim.isPresent()) {
        var _ = claim.get().finish(new JobOutcome.Finished());
        claim = worker.take(LONG);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      ended.complete(null);
    }
  }

  private static void refuse(LostJob job) {
    throw new IllegalStateException("nobody loses jobs here: " + job.claim().rqId());
  }
}
