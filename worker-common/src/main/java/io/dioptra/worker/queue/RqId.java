package io.dioptra.worker.queue;

import java.util.UUID;

/** Makes RQ's ids of workers and executions: 32 hexadecimal digits. */
final class RqId {
  private RqId() {}

  static String fresh() {
    return UUID.randomUUID().toString().replace("-", "");
  }
}
