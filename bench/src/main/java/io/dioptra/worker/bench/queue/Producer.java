package io.dioptra.worker.bench.queue;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Pipeline;

/** Puts jobs on a queue as RQ's producers do, in two steps, so that the second can be timed. */
final class Producer {
  static final String QUEUE = "bench";

  private static final String KEY = "rq:queue:" + QUEUE;
  private static final int BATCH = 1_000;
  private static final Duration LOOK = Duration.ofMillis(5);
  private static final Duration REST = Duration.ofMillis(30);
  private static final String TIME = "2026-01-01T00:00:00.000000Z";
  private static final Map<String, String> FIELDS =
      Map.of(
          "status", "queued",
          "origin", QUEUE,
          "timeout", "3600",
          "result_ttl", "60",
          "created_at", TIME,
          "enqueued_at", TIME,
          "description", "bench");

  /** A call of Dioptra's task: pickled by protocol 5, then compressed. */
  private static final byte[] CALL =
      Base64.getDecoder()
          .decode(
              "eJxrYJ3qywABGj3KKZn5BSVFiXpFhXolicXZxXpFpXnxZYbxUPH4rPykKX6atVM0etiAzPjMlCnePD28qRUF"
                  + "qUWZual5JWARpdKSKXoA8LYe5g==");

  private final Jedis redis;

  Producer(Jedis redis) {
    this.redis = redis;
  }

  /** Writes a job that is on no queue yet. */
  void prepare(String job) {
    try (Pipeline pipeline = redis.pipelined()) {
      prepare(pipeline, job);
    }
  }

  void push(String job) {
    redis.lpush(KEY, job);
  }

  /** Puts so many jobs on the queue. */
  void fill(int jobs) {
    for (int begun = 0; begun < jobs; begun += BATCH) {
      try (Pipeline pipeline = redis.pipelined()) {
        for (int i = begun; i < Math.min(begun + BATCH, jobs); i++) {
          prepare(pipeline, "waiting-" + i);
          pipeline.rpush(KEY, "waiting-" + i);
        }
      }
    }
  }

  /** Waits until no worker has a job. */
  void awaitIdle() throws InterruptedException {
    while (redis.zcard("rq:wip:" + QUEUE) > 0
        || !redis.smembers("rq:workers").stream()
            .allMatch(worker -> "idle".equals(redis.hget(worker, "state")))
        || redis.scard("rq:workers") == 0) {
      Thread.sleep(LOOK);
    }
    // A worker that has just become idle still has to begin its wait.
    Thread.sleep(REST);
  }

  private static void prepare(Pipeline pipeline, String job) {
    String key = "rq:job:" + job;
    pipeline.hset(key.getBytes(UTF_8), "data".getBytes(UTF_8), CALL);
    pipeline.hset(key, FIELDS);
  }
}
