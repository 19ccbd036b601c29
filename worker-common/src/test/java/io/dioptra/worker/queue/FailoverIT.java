package io.dioptra.worker.queue;

import static io.dioptra.worker.queue.Eventually.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dioptra.worker.job.JobOutcome;
import io.dioptra.worker.job.QueueName;
import io.dioptra.worker.queue.redis.QueueException;
import io.dioptra.worker.queue.redis.RedisAddress;
import io.dioptra.worker.testing.RedisServer;
import io.dioptra.worker.testing.RedisSetup;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;

/** A master, a replica of it, and a Sentinel that makes the one out of the other. */
@Execution(ExecutionMode.CONCURRENT)
class FailoverIT {
  private static final Duration SOON = Duration.ofSeconds(30);

  /** A machine whose disk is busy would keep a replica waiting, and a process from dying. */
  private static final RedisSetup WITHOUT_DISK =
      RedisSetup.USUAL.with(
          "--repl-diskless-sync",
          "yes",
          "--repl-diskless-sync-delay",
          "0",
          "--repl-diskless-load",
          "on-empty-db");

  @TempDir private Path folder;
  private final RedisServer master;
  private final RedisServer replica;
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofPlatform().name("aside-", 0).factory());

  FailoverIT() throws Exception {
    master = RedisServer.start(WITHOUT_DISK);
    replica =
        RedisServer.start(
            WITHOUT_DISK.with("--replicaof", master.host(), Integer.toString(master.port())));
  }

  private RedisServer sentinel() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("sentinel.conf"),
            """
            sentinel monitor queues %s %d 1
            sentinel down-after-milliseconds queues 1000
            sentinel failover-timeout queues 5000
            """
                .formatted(master.host(), master.port()));
    return RedisServer.start(RedisSetup.USUAL.sentinel(file));
  }

  @BeforeEach
  void awaitReplication() throws Exception {
    try (Jedis jedis = new Jedis(replica.uri())) {
      await(() -> jedis.info("replication").contains("master_link_status:up"));
    }
  }

  @AfterEach
  void stop() {
    threads.close();
    replica.close();
    master.close();
  }

  @Test
  void aMasterThatDiesTakesNoJobWithIt() throws Exception {
    try (RedisServer sentinel = sentinel();
        Jedis watch = new Jedis(sentinel.uri())) {
      await(() -> !watch.sentinelReplicas("queues").isEmpty());
      try (RqWorker worker =
          RqWorker.register(settings(sentinel, ""), Clock.systemUTC(), () -> {})) {
        enqueueThree();
        Claim running = worker.take(SOON).orElseThrow();
        awaitCopy();
        master.kill();

        assertThat(running.finish(new JobOutcome.Finished())).isEqualTo(Recorded.YES);
        assertThat(running.early()).isEmpty();
        assertThat(work(worker)).isEqualTo("2");
        assertThat(work(worker)).isEqualTo("3");
        assertThat(worker.take(Duration.ZERO)).isEmpty();
      }
    }
    assertEachRanOnce();
  }

  @Test
  void aMasterThatStallsAndComesBackTooLateDoublesNothing() throws Exception {
    try (RedisServer sentinel = sentinel();
        Jedis watch = new Jedis(sentinel.uri())) {
      await(() -> !watch.sentinelReplicas("queues").isEmpty());
      QueueSettings settings = settings(sentinel, "?socket_timeout=1");
      try (RqWorker worker = RqWorker.register(settings, Clock.systemUTC(), () -> {})) {
        enqueueThree();
        Claim running = worker.take(SOON).orElseThrow();
        awaitCopy();
        master.stall();

        assertThat(running.finish(new JobOutcome.Finished())).isEqualTo(Recorded.YES);
        assertThat(work(worker)).isEqualTo("2");
        // It finds what it was asked meanwhile, and does it; the others no longer look there.
        master.goOn();
        assertThat(work(worker)).isEqualTo("3");
        assertThat(worker.take(Duration.ZERO)).isEmpty();
      }
    }
    assertEachRanOnce();
  }

  @Test
  void aWaitingWorkerGoesWithThePlannedChangeOfTheMaster() throws Exception {
    try (RedisServer sentinel = sentinel();
        Jedis watch = new Jedis(sentinel.uri());
        Jedis old = new Jedis(master.uri())) {
      await(() -> !watch.sentinelReplicas("queues").isEmpty());
      try (RqWorker worker =
          RqWorker.register(settings(sentinel, ""), Clock.systemUTC(), () -> {})) {
        CompletableFuture<String> taken =
            CompletableFuture.supplyAsync(() -> work(worker), threads);
        await(() -> old.info("clients").contains("blocked_clients:1"));
        await(() -> canBegin(watch));
        await(this::isReplicaTheMaster);
        try (RqPython python = new RqPython("dioptra-api-1.2", replica.uri())) {
          python.ask("enqueue(1)");

          assertThat(taken.get(30, TimeUnit.SECONDS)).isEqualTo("1");
          assertThat(python.ask("state(1)['status']").stringValue()).isEqualTo("finished");
        }
      }
    }
  }

  @Test
  void whatEachSentinelAnsweredIsSaidWhereNoneLeadsToAMaster() throws Exception {
    try (RedisServer sentinel = sentinel()) {
      String uri = "redis+sentinel://127.0.0.1:1,127.0.0.1:%d/jobs".formatted(sentinel.port());
      QueueSettings wrong =
          QueueSettings.of(
              RedisAddress.parse(uri), List.of(new QueueName("q")), WorkerName.fresh());

      assertThatThrownBy(() -> RqWorker.register(wrong, Clock.systemUTC(), () -> {}))
          .isInstanceOf(QueueException.class)
          .hasMessageStartingWith("Error connecting to the master of jobs, by Sentinel at ")
          .hasMessageContaining("Sentinel 127.0.0.1:1: Connection refused")
          .hasMessageContaining(
              "Sentinel 127.0.0.1:%d knows no service of the name jobs", sentinel.port());
    }
  }

  /** The Sentinel ends the connections of those whose part it changes. */
  private boolean isReplicaTheMaster() {
    try (Jedis jedis = new Jedis(replica.uri())) {
      return jedis.role().getFirst().equals("master");
    } catch (JedisConnectionException _) {
      return false;
    }
  }

  /** The Sentinel wants to know a replica well before it makes it the master. */
  private static boolean canBegin(Jedis sentinel) {
    try {
      return sentinel.sentinelFailover("queues").equals("OK");
    } catch (JedisDataException e) {
      assertThat(e).hasMessageContaining("NOGOODSLAVE");
      return false;
    }
  }

  /** The first of the two is not there, as happens. */
  private static QueueSettings settings(RedisServer sentinel, String options) {
    String uri =
        "redis+sentinel://127.0.0.1:1,127.0.0.1:%d/queues%s".formatted(sentinel.port(), options);
    return QueueSettings.of(
        RedisAddress.parse(uri), List.of(new QueueName("q")), WorkerName.fresh());
  }

  private void enqueueThree() throws Exception {
    try (RqPython python = new RqPython("dioptra-api-1.2", master.uri())) {
      python.ask("[enqueue(1), enqueue(2), enqueue(3)]");
    }
  }

  /** Replication is asynchronous: what the replica has not got yet dies with the master. */
  private void awaitCopy() {
    try (Jedis jedis = new Jedis(master.uri());
        Jedis copy = new Jedis(replica.uri())) {
      jedis.incr("mark");
      assertThat(jedis.waitReplicas(1, 10_000)).isEqualTo(1);
      assertThat(copy.get("mark")).isEqualTo("1");
    }
  }

  private void assertEachRanOnce() throws Exception {
    try (RqPython python = new RqPython("dioptra-api-1.2", replica.uri());
        Jedis jedis = new Jedis(replica.uri())) {
      for (String job : List.of("1", "2", "3")) {
        assertThat(python.ask("state(" + job + ")['status']").stringValue()).isEqualTo("finished");
        assertThat(jedis.xlen("rq:results:" + job)).isEqualTo(1);
      }
      assertThat(jedis.zcard("rq:wip:q")).isZero();
      assertThat(jedis.llen("rq:queue:q")).isZero();
    }
  }

  private static String work(RqWorker worker) {
    try {
      Claim claim = worker.take(SOON).orElseThrow();
      assertThat(claim.finish(new JobOutcome.Finished())).isEqualTo(Recorded.YES);
      return claim.rqId();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
