package io.dioptra.worker.app;

import io.dioptra.worker.config.WorkerConfig;
import io.dioptra.worker.job.QueueName;
import io.dioptra.worker.queue.LostJob;
import io.dioptra.worker.queue.Maintenance;
import io.dioptra.worker.queue.QueueSettings;
import io.dioptra.worker.queue.RqWorker;
import io.dioptra.worker.queue.Scheduler;
import io.dioptra.worker.queue.WorkerName;
import io.dioptra.worker.queue.redis.QueueException;
import io.dioptra.worker.queue.redis.RedisAddress;
import io.dioptra.worker.telemetry.HealthFile;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** Makes the worker known to RQ: one RQ worker for each slot, and what looks after the queues. */
final class Enlistment {
  private final WorkerConfig config;
  private final List<QueueSettings> settings;
  private final Clock clock;
  private final HealthFile health;
  private final Closing closing;

  /**
   * @throws IllegalArgumentException if the certificates for Redis cannot be read
   */
  Enlistment(WorkerConfig config, Clock clock, HealthFile health, Closing closing) {
    this.config = config;
    RedisAddress redis = RedisAddress.of(config.redis().url());
    this.settings =
        IntStream.rangeClosed(1, config.work().concurrency())
            .mapToObj(slot -> settings(redis, slot))
            .toList();
    this.clock = clock;
    this.health = health;
    this.closing = closing;
  }

  /**
   * @param shutdown run when somebody tells one of them to end by RQ's command
   */
  List<Slot> slots(SlotGpus gpus, Runnable shutdown) throws StartException {
    List<Slot> slots = new ArrayList<>();
    SlotStates states = new SlotStates(config.work().concurrency(), health::working);
    for (int number = 1; number <= config.work().concurrency(); number++) {
      RqWorker queue = closing.add(register(settings.get(number - 1), shutdown));
      slots.add(new Slot(queue, gpus.variables(number), room(gpus, number), states.of(number)));
    }
    return slots;
  }

  /** Each slot says for itself why it takes nothing. */
  private BooleanSupplier room(SlotGpus gpus, int number) {
    BooleanSupplier disk = new DiskRoom(config.workFolder(), health);
    BooleanSupplier memory = gpus.room(number);
    return () -> disk.getAsBoolean() && memory.getAsBoolean();
  }

  /** Starts to sweep the queues; {@code lost} gets the jobs of workers that disappeared. */
  void maintain(List<Slot> slots, Consumer<LostJob> lost) {
    List<RqWorker> own = slots.stream().map(Slot::queue).toList();
    var _ = closing.add(new Maintenance(settings.getFirst(), clock, own, lost));
    if (config.rq().scheduler()) {
      var _ = closing.add(Scheduler.start(settings.getFirst(), clock));
    }
  }

  private RqWorker register(QueueSettings settings, Runnable shutdown) throws StartException {
    try {
      return RqWorker.register(settings, clock, health::renew, shutdown);
    } catch (QueueException e) {
      String hint =
          config.redis().isDefault()
              ? " This is rq's default, as neither --url nor RQ_REDIS_URI is given."
              : "";
      throw new StartException("Cannot start: " + e.getMessage() + hint, e);
    }
  }

  private QueueSettings settings(RedisAddress redis, int slot) {
    return QueueSettings.of(
            redis, config.queues().stream().map(QueueName::new).toList(), name(slot))
        .with(config.rq());
  }

  private WorkerName name(int slot) {
    String suffix = config.work().concurrency() == 1 ? "" : "-" + slot;
    return config
        .rq()
        .name()
        .map(name -> new WorkerName(name + suffix))
        .orElseGet(WorkerName::fresh);
  }
}
