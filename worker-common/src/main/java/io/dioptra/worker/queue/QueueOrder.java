package io.dioptra.worker.queue;

import io.dioptra.worker.config.DequeueStrategy;
import io.dioptra.worker.job.QueueName;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;

/** In which order a worker's queues are looked at next, as rq's worker does it. One thread. */
final class QueueOrder {
  private final DequeueStrategy strategy;
  private final RandomGenerator chance;
  private final List<String> queues;

  QueueOrder(DequeueStrategy strategy, List<QueueName> queues, RandomGenerator chance) {
    this.strategy = strategy;
    this.chance = chance;
    this.queues = new ArrayList<>(queues.stream().map(QueueName::value).toList());
  }

  List<String> now() {
    return queues;
  }

  /** A job came out of this queue. */
  void served(String queue) {
    switch (strategy) {
      case DEFAULT -> {}
      case ROUND_ROBIN -> Collections.rotate(queues, -queues.indexOf(queue) - 1);
      case RANDOM -> Collections.shuffle(queues, chance);
    }
  }
}
