package io.dioptra.worker.bench.queue;

import java.util.List;

/** A worker that does nothing with its jobs. */
interface QueueWorker extends AutoCloseable {
  String name();

  @Override
  void close();

  /** Starts one on these queues of a Redis. */
  interface Kind {
    QueueWorker start(String redis, List<String> queues) throws Exception;
  }
}
