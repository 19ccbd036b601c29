package io.dioptra.worker.journey;

import static org.assertj.core.api.Assertions.assertThat;

import io.dioptra.worker.testing.DioptraSite;
import io.dioptra.worker.testing.SharedSite;
import io.dioptra.worker.testing.SubmittedJob;
import io.dioptra.worker.testing.WorkerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;

/**
 * Workers are killed again and again while another one is busy all the time: no job is lost, none
 * is run twice, each comes to an end that Dioptra, RQ and its own notes agree on. {@code
 * -Ddioptra.kills=50} for more than the ten of each kind.
 */
@ExtendWith(SharedSite.class)
class KilledWorkersIT {
  private static final int KILLS = Integer.getInteger("dioptra.kills", 10);
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final Duration BOUND = Duration.ofSeconds(90);

  /** When a worker is killed, counted from the moment at which Redis shows its claim. */
  enum Moment {
    BETWEEN_CLAIM_AND_START(0, 60),
    DURING_THE_JOB(60, 350),
    DURING_ITS_END(350, 700);

    private final int from;
    private final int to;

    Moment(int fromMillis, int toMillis) {
      this.from = fromMillis;
      this.to = toMillis;
    }

    Duration after(RandomGenerator chance) {
      return Duration.ofNanos(chance.nextLong(from * 1_000_000L, to * 1_000_000L));
    }
  }

  /** A job and the worker that was killed over it. */
  private record Killed(SubmittedJob job, Path note, Moment moment, long at) {
    boolean isOverdue() {
      return System.nanoTime() - at > BOUND.toNanos();
    }
  }

  @Test
  void everyJobEndsOnceAndInTime(DioptraSite site, @TempDir Path folder) throws Exception {
    RandomGenerator chance = RandomGenerator.of("L64X128MixRandom");
    String[] one = {"--preload", "none"};
    String[] three = {"--preload", "none", Python.unique(), Python.unique()};
    Path gate = folder.resolve("gate");
    try (Workshop shop = Workshop.open(site, three);
        Jedis jedis = new Jedis(site.redis())) {
      Rude rude = Rude.in(shop);
      SubmittedJob busy = rude.submit("wait", gate);
      shop.worker().awaitLine("about to wait", SOON);
      List<Killed> all = new ArrayList<>();
      for (int kill = 0; kill < KILLS * Moment.values().length; kill++) {
        Moment moment = Moment.values()[kill % Moment.values().length];
        Path note = folder.resolve("note-" + kill);
        SubmittedJob job = rude.submit("note", note);
        WorkerProcess worker = shop.another(kill % 2 == 0 ? one : three);
        worker.awaitLine("taken", SOON);
        Thread.sleep(moment.after(chance));
        worker.kill();
        all.add(new Killed(job, note, moment, System.nanoTime()));
        for (Killed earlier : all) {
          assertThat(earlier.isOverdue() && earlier.job().status().equals("started")).isFalse();
        }
      }
      WorkerProcess survivor = shop.another(one);
      Map<String, Integer> ends = new TreeMap<>();
      for (Killed killed : all) {
        EndedJob ended = shop.ended(killed.job(), BOUND);
        ends.merge(killed.moment() + " " + ended.status(), 1, Integer::sum);
        check(killed, ended);
      }
      System.out.printf(
          "%d kills: %s, all over %.0f s after the last%n",
          all.size(), ends, (System.nanoTime() - all.getLast().at()) / 1e9);
      assertThat(all.getLast().isOverdue()).isFalse();
      assertThat(survivor.isAlive()).isTrue();
      assertThat(jedis.zcard("rq:wip:" + shop.queueName())).as("the busy one").isEqualTo(1);
      assertThat(jedis.llen("rq:queue:" + shop.queueName())).isZero();
      Files.createFile(gate);
      assertThat(shop.ended(busy).status()).isEqualTo("finished");
    }
  }

  private static void check(Killed killed, EndedJob ended) throws IOException {
    String noted = Files.exists(killed.note()) ? Files.readString(killed.note()) : "";
    assertThat(noted).as("run once at most").isIn("", "begin\n", "begin\nend\n");
    assertThat(ended.rq()).isEqualTo(ended.status());
    if (ended.status().equals("finished")) {
      assertThat(noted).isEqualTo("begin\nend\n");
      assertThat(ended.mlflow()).isEqualTo("FINISHED");
    } else {
      assertThat(ended.reason()).contains("The worker that ran this job disappeared");
    }
  }
}
