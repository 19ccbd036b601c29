package io.dioptra.worker.journey;

import static org.assertj.core.api.Assertions.assertThat;

import io.dioptra.worker.testing.DioptraSite;
import io.dioptra.worker.testing.RedisServer;
import io.dioptra.worker.testing.SharedSite;
import io.dioptra.worker.testing.WorkerProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What becomes of a worker whose Redis goes away for good. */
@ExtendWith(SharedSite.class)
@Execution(ExecutionMode.CONCURRENT)
class LostRedisIT {
  private static final Duration BOUND = Duration.ofSeconds(60);

  @Test
  void aWorkerThatIsToldToGiveUpEndsWithStatusOne(DioptraSite site, @TempDir Path folder)
      throws Exception {
    try (RedisServer redis = RedisServer.start();
        WorkerProcess worker =
            start(site, redis, folder, "--concurrency", "2", "--redis-give-up-after", "2", "q")) {
      worker.awaitLine("Ready for jobs of", BOUND);
      redis.kill();

      assertThat(worker.process().onExit()).succeedsWithin(BOUND).isEqualTo(1);
      assertThat(worker.log())
          .contains("The worker gives up: Redis at 127.0.0.1:" + redis.port())
          .contains("has not answered for 2 s");
    }
  }

  @Test
  void anyOtherWorkerWaitsAndEndsInOrderWhenItIsToldTo(DioptraSite site, @TempDir Path folder)
      throws Exception {
    try (RedisServer redis = RedisServer.start();
        WorkerProcess worker = start(site, redis, folder, "q")) {
      worker.awaitLine("Ready for jobs of", BOUND);
      redis.kill();
      worker.awaitLine("cannot be used", BOUND);
      ProcessHandle.of(worker.pid()).orElseThrow().destroy();

      assertThat(worker.process().onExit()).succeedsWithin(BOUND).isEqualTo(0);
      assertThat(worker.log()).doesNotContain("gives up");
    }
  }

  private static WorkerProcess start(
      DioptraSite site, RedisServer redis, Path folder, String... arguments) throws Exception {
    Map<String, String> variables = new LinkedHashMap<>(site.workerEnvironment());
    variables.put("RQ_REDIS_URI", redis.uri());
    return WorkerProcess.start("worker-common", variables, folder, arguments);
  }
}
