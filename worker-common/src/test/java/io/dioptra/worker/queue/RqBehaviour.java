package io.dioptra.worker.queue;

import static io.dioptra.worker.queue.Eventually.await;

import io.dioptra.worker.config.RqSettings;
import io.dioptra.worker.job.FailureKind;
import io.dioptra.worker.job.JobOutcome;
import io.dioptra.worker.job.QueueName;
import io.dioptra.worker.queue.redis.RedisAddress;
import io.dioptra.worker.testing.RedisServer;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import redis.clients.jedis.Jedis;

/**
 * What tests of the worker's behaviour stand on: a Redis, rq's own client as producer and reader,
 * and our worker on the queues {@code first} and {@code q}. Each test finds Redis empty.
 */
@SuppressWarnings("NullAway.Init") // all is begun before the tests with each release
abstract class RqBehaviour {
  static final Duration SOON = Duration.ofSeconds(20);
  static final JobOutcome FINISHED = new JobOutcome.Finished();
  static final JobOutcome FAILED =
      new JobOutcome.Failed(FailureKind.PLUGIN, "Step attack raised ValueError: no Größe");
  static final JobOutcome STOPPED =
      new JobOutcome.Stopped("Job stopped by user, work-horse terminated.");

  @Parameter String release;
  RedisServer redis;
  RqPython python;
  Jedis jedis;
  final AtomicInteger shutdowns = new AtomicInteger();
  RqWorker worker;
  WorkerName name;

  @BeforeParameterizedClassInvocation
  void start(String release) throws Exception {
    redis = RedisServer.start();
    python = new RqPython(release, redis.uri());
    jedis = new Jedis(redis.host(), redis.port());
  }

  @BeforeEach
  void begin() {
    jedis.flushAll();
    shutdowns.set(0);
    name = WorkerName.fresh();
    worker = register(settings());
  }

  @AfterEach
  void end() {
    worker.close();
  }

  @AfterParameterizedClassInvocation
  void stop() throws Exception {
    jedis.close();
    python.close();
    redis.close();
  }

  QueueSettings settings() {
    return settings("first", "q");
  }

  QueueSettings settings(String... queues) {
    return QueueSettings.of(
        RedisAddress.parse(redis.uri()),
        List.of(queues).stream().map(QueueName::new).toList(),
        name);
  }

  RqWorker register(QueueSettings settings) {
    return RqWorker.register(
        settings, Clock.systemUTC(), () -> {}, () -> shutdowns.incrementAndGet());
  }

  /** The worker in its place, with other settings or queues. */
  void registerAnew(QueueSettings settings) {
    worker.close();
    worker = register(settings);
  }

  void registerAnew(RqSettings settings) {
    registerAnew(settings().with(settings));
  }

  void awaitListening() throws InterruptedException {
    String channel = "rq:pubsub:" + name;
    await(() -> jedis.pubsubNumSub(channel).getOrDefault(channel, 0L) == 1);
  }

  Claim take() throws InterruptedException {
    return worker.take(SOON).orElseThrow(() -> new AssertionError("no job within " + SOON));
  }

  /** Takes the next job and ends it so; returns its id. */
  String run(JobOutcome outcome) throws InterruptedException {
    Claim claim = take();
    claim.finish(outcome);
    return claim.rqId();
  }

  boolean isIdle() throws InterruptedException {
    return worker.take(Duration.ZERO).isEmpty();
  }

  /** What Python says, as JSON. */
  String ask(String expression) {
    return python.ask(expression).toString();
  }

  String status(int job) {
    return python.ask("job(" + job + ").get_status().value").stringValue();
  }

  String field(int job, String field) {
    return String.valueOf(jedis.hget("rq:job:" + job, field));
  }

  List<String> queued() {
    return jedis.lrange("rq:queue:q", 0, -1);
  }
}
