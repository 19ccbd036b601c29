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
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import redis.clients.jedis.Jedis;

/**
 * Workers are killed again and again while another one is busy all the time: no job is lost, none
 * is run twice, each comes to an end that Dioptra, RQ and its own notes agree on. {@code
 * -Ddioptra.kills=50} for more than the ten of each kind.
 */
@ExtendWith(SharedSite.class)
@Execution(ExecutionMode.CONCURRENT)
class KilledWorkersIT {
  private static final int KILLS = Integer.getInteger("dioptra.kills", 10);
  private static final Pattern TAKEN =
      Pattern.compile("[Jj]ob (\\d+) (?:taken|of queue \\S+: its worker disappeared)");
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

  /**
   * When the worker that had a job was killed, the last time: a job may come back and lose another.
   */
  private record Kill(Moment moment, long at) {
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
      Map<SubmittedJob, Path> notes = new LinkedHashMap<>();
      Map<Integer, Kill> kills = new HashMap<>();
      List<SubmittedJob> open = new ArrayList<>();
      for (int kill = 0; kill < KILLS * Moment.values().length; kill++) {
        Moment moment = Moment.values()[kill % Moment.values().length];
        Path note = folder.resolve("note-" + kill);
        SubmittedJob job = rude.submit("note", note);
        notes.put(job, note);
        WorkerProcess worker = shop.another(kill % 2 == 0 ? one : three);
        worker.awaitLine("taken", SOON);
        Thread.sleep(moment.after(chance));
        worker.kill();
        Kill now = new Kill(moment, System.nanoTime());
        for (int taken : taken(worker)) {
          kills.put(taken, now);
        }
        open.add(job);
        open = stillOpen(open, kills);
      }
      long last = System.nanoTime();
      WorkerProcess survivor = shop.another(one);
      Map<String, Integer> ends = new TreeMap<>();
      for (SubmittedJob job : notes.keySet()) {
        EndedJob ended = shop.ended(job, BOUND);
        check(notes.get(job), ended);
        Kill kill = kills.get(job.id());
        ends.merge((kill == null ? "" : kill.moment() + " ") + ended.status(), 1, Integer::sum);
      }
      Duration took = Duration.ofNanos(System.nanoTime() - last);
      System.out.printf(
          "%d kills: %s, all over %.0f s after the last%n",
          notes.size(), ends, took.toMillis() / 1e3);
      assertThat(took).isLessThan(BOUND);
      assertThat(survivor.isAlive()).isTrue();
      assertThat(jedis.zcard("rq:wip:" + shop.queueName())).as("the busy one").isEqualTo(1);
      assertThat(jedis.llen("rq:queue:" + shop.queueName())).isZero();
      Files.createFile(gate);
      assertThat(shop.ended(busy).status()).isEqualTo("finished");
    }
  }

  /** The jobs that a worker ran, or was giving an end in the place of another. */
  private static List<Integer> taken(WorkerProcess worker) throws IOException {
    return TAKEN
        .matcher(worker.log())
        .results()
        .map(found -> Integer.valueOf(found.group(1)))
        .toList();
  }

  /** Those that may still become overdue. One whose time is over has ended, or waits anew. */
  private static List<SubmittedJob> stillOpen(List<SubmittedJob> jobs, Map<Integer, Kill> kills)
      throws IOException, InterruptedException {
    List<SubmittedJob> open = new ArrayList<>();
    for (SubmittedJob job : jobs) {
      Kill kill = kills.get(job.id());
      if (kill == null || !kill.isOverdue()) {
        open.add(job);
      } else {
        assertThat(job.status()).as("job %s", job.id()).isNotEqualTo("started");
      }
    }
    return open;
  }

  private static void check(Path note, EndedJob ended) throws IOException {
    String noted = Files.exists(note) ? Files.readString(note) : "";
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
