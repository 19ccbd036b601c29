package io.dioptra.worker.config;

/** In which order a worker with several queues looks at them, in rq's words. */
public enum DequeueStrategy {
  /** As they are named: a queue's jobs wait while one before it has any. */
  DEFAULT,
  /** The queue that a job came from is the last one next time. */
  ROUND_ROBIN,
  /** Another order after each job. */
  RANDOM
}
