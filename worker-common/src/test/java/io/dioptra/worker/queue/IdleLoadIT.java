package io.dioptra.worker.queue;

import static io.dioptra.worker.queue.Eventually.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.dioptra.worker.job.QueueName;
import io.dioptra.worker.queue.redis.RedisAddress;
import io.dioptra.worker.testing.RedisServer;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import redis.clients.jedis.Jedis;

/** What a worker that waits for jobs costs Redis. */
@Execution(ExecutionMode.CONCURRENT)
class IdleLoadIT {
  private static final int SECONDS = 30;
  private static final Pattern COMMANDS = Pattern.compile("total_commands_processed:(\\d+)");

  @Test
  void anIdleWorkerSendsLessThanTwoCommandsASecondWithAllThatItHas(TestReporter reporter)
      throws Exception {
    try (RedisServer redis = RedisServer.start();
        Jedis jedis = new Jedis(redis.host(), redis.port())) {
      QueueSettings settings =
          QueueSettings.of(
              RedisAddress.parse(redis.uri()), List.of(new QueueName("q")), WorkerName.fresh());
      try (RqWorker worker = RqWorker.register(settings, Clock.systemUTC(), () -> {});
          Maintenance _ = new Maintenance(settings, Clock.systemUTC(), List.of(worker), _ -> {});
          Scheduler _ = Scheduler.start(settings, Clock.systemUTC())) {
        Thread taker = Thread.ofPlatform().name("taker").start(() -> takeNothing(worker));
        await(() -> jedis.info("clients").contains("blocked_clients:1"));
        await(() -> jedis.info("commandstats").contains("cmdstat_smembers"));
        jedis.configResetStat();

        // A figure over time: there is nothing to wait for.
        TimeUnit.SECONDS.sleep(SECONDS);

        String used = jedis.info("commandstats");
        double perSecond = (double) commands(jedis) / SECONDS;
        reporter.publishEntry("commands per second, idle, with scheduler", "" + perSecond);

        assertThat(perSecond).as(used).isLessThan(2);
        worker.stop();
        taker.join();
      }
    }
  }

  private static void takeNothing(RqWorker worker) {
    try {
      assertThat(worker.take(Duration.ofMinutes(10))).isEmpty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static long commands(Jedis jedis) {
    Matcher matcher = COMMANDS.matcher(jedis.info("stats"));
    assertThat(matcher.find()).isTrue();
    return Long.parseLong(matcher.group(1));
  }
}
