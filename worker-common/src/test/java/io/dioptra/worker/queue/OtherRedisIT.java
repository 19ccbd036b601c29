package io.dioptra.worker.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.dioptra.worker.job.JobOutcome;
import io.dioptra.worker.job.QueueName;
import io.dioptra.worker.queue.redis.RedisAddress;
import io.dioptra.worker.testing.RedisServer;
import io.dioptra.worker.testing.RedisSetup;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jobs on a Redis that is not the usual one. */
class OtherRedisIT {
  private static final Duration SOON = Duration.ofSeconds(20);

  @Test
  void aJobComesAndGoesOverAUnixSocketAsAUserInAnotherDatabase(@TempDir Path folder)
      throws Exception {
    Path socket = folder.resolve("redis.sock");
    try (RedisServer redis =
            RedisServer.start(
                RedisSetup.USUAL.with(
                    "--unixsocket",
                    socket.toString(),
                    "--user",
                    "worker",
                    "on",
                    ">secret",
                    "~rq:*",
                    "+@all",
                    "-@admin"));
        RqPython python = new RqPython("dioptra-api-1.2", redis.uri() + "/2");
        RqWorker worker = worker("unix://worker:secret@" + socket + "?db=2")) {
      assertThat(worker.take(Duration.ofMillis(200))).isEmpty();
      python.ask("enqueue(1)");

      worker.take(SOON).orElseThrow().finish(new JobOutcome.Finished());

      assertThat(python.ask("state(1)['status']").stringValue()).isEqualTo("finished");
    }
  }

  @Test
  void aJobComesAndGoesOnValkey() throws Exception {
    try (RedisServer valkey = RedisServer.start(RedisSetup.valkey());
        RqPython python = new RqPython("dioptra-api-1.2", valkey.uri());
        RqWorker worker = worker(valkey.uri())) {
      assertThat(worker.take(Duration.ofMillis(200))).isEmpty();
      python.ask("[enqueue(1), enqueue(2)]");

      worker.take(SOON).orElseThrow().finish(new JobOutcome.Finished());
      worker.take(SOON).orElseThrow().finish(new JobOutcome.Stopped("for a test"));

      assertThat(python.ask("state(1)['status']").stringValue()).isEqualTo("finished");
      assertThat(python.ask("state(2)['status']").stringValue()).isEqualTo("stopped");
    }
  }

  @Test
  void aRedisThatKeepsItsDataComesBackWithTheRunningJobAndTheQueue(@TempDir Path data)
      throws Exception {
    RedisSetup kept = RedisSetup.USUAL.keepingIn(data);
    try (RedisServer redis = RedisServer.start(kept);
        RqWorker worker = worker(redis.uri())) {
      try (RqPython python = new RqPython("dioptra-api-1.2", redis.uri())) {
        python.ask("[enqueue(1), enqueue(2)]");
      }
      Claim claim = worker.take(SOON).orElseThrow();
      redis.kill();
      try (RedisServer again = RedisServer.start(kept.onPort(redis.port()));
          RqPython python = new RqPython("dioptra-api-1.2", again.uri())) {
        assertThat(claim.finish(new JobOutcome.Finished())).isEqualTo(Recorded.YES);
        assertThat(worker.take(SOON).orElseThrow().finish(new JobOutcome.Finished()))
            .isEqualTo(Recorded.YES);

        assertThat(python.ask("state(1)['status']").stringValue()).isEqualTo("finished");
        assertThat(python.ask("state(2)['status']").stringValue()).isEqualTo("finished");
      }
    }
  }

  private static RqWorker worker(String uri) {
    return RqWorker.register(
        QueueSettings.of(RedisAddress.parse(uri), List.of(new QueueName("q")), WorkerName.fresh()),
        Clock.systemUTC(),
        () -> {});
  }
}
