package io.dioptra.worker.journey;

import static org.assertj.core.api.Assertions.assertThat;

import io.dioptra.worker.testing.DioptraSite;
import io.dioptra.worker.testing.SharedSite;
import io.dioptra.worker.testing.SubmittedJob;
import io.dioptra.worker.testing.WorkerProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import redis.clients.jedis.Jedis;

/** How much a worker does: several jobs at a time, some jobs, no job for a while. */
@ExtendWith(SharedSite.class)
@Execution(ExecutionMode.CONCURRENT)
class SlotsIT {
  private static final Duration SOON = Duration.ofSeconds(30);

  @Test
  void threeSlotsRunThreeJobsAtATime(DioptraSite site, @TempDir Path folder) throws Exception {
    Path gate = folder.resolve("gate");
    try (Workshop shop =
            Workshop.open(site, "--preload", "none", "--concurrency", "3", "--name", "triple");
        Jedis jedis = new Jedis(site.redis())) {
      Rude rude = Rude.in(shop);
      List<SubmittedJob> jobs = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        jobs.add(rude.submit("wait", gate));
      }
      for (SubmittedJob job : jobs.subList(0, 3)) {
        shop.worker().awaitLine("job " + job.id() + " taken", SOON);
      }
      assertThat(jedis.zcard("rq:wip:" + shop.queueName())).isEqualTo(3);
      assertThat(jobs.getLast().status()).isEqualTo("queued");
      for (int slot = 1; slot <= 3; slot++) {
        assertThat(jedis.hget("rq:worker:triple-" + slot, "state")).isEqualTo("busy");
      }
      Files.createFile(gate);
      for (SubmittedJob job : jobs) {
        EndedJob ended = shop.ended(job);
        assertThat(ended.status()).isEqualTo("finished");
        assertThat(ended.log()).containsOnlyOnce("about to wait");
      }
    }
  }

  @Test
  void aWorkerEndsAfterAsManyJobsAsItIsTold(DioptraSite site) throws Exception {
    try (Workshop shop =
        Workshop.open(site, "--preload", "none", "--max-jobs", "2", "--concurrency", "2")) {
      Rude rude = Rude.in(shop);
      List<SubmittedJob> jobs = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        jobs.add(rude.submit("nothing", ""));
      }
      assertThat(shop.worker().process().onExit()).succeedsWithin(SOON).isEqualTo(0);
      for (SubmittedJob job : jobs.subList(0, 2)) {
        assertThat(shop.ended(job).status()).isEqualTo("finished");
      }
      assertThat(jobs.getLast().status()).isEqualTo("queued");
    }
  }

  @Test
  void aWorkerEndsWhenThereHasBeenNothingToDo(DioptraSite site) throws Exception {
    try (Workshop shop = Workshop.open(site, "--preload", "none", "--max-idle-time", "5")) {
      SubmittedJob job = Rude.in(shop).submit("nothing", "");
      assertThat(shop.worker().process().onExit()).succeedsWithin(SOON).isEqualTo(0);
      assertThat(shop.ended(job).status()).isEqualTo("finished");
    }
  }

  @Test
  void aWorkerThatSweepsUpEndsWithTheQueue(DioptraSite site) throws Exception {
    try (Workshop shop = Workshop.open(site, "--preload", "none", "--max-jobs", "1")) {
      Rude rude = Rude.in(shop);
      SubmittedJob first = rude.submit("nothing", "");
      assertThat(shop.worker().process().onExit()).succeedsWithin(SOON).isEqualTo(0);
      SubmittedJob second = rude.submit("nothing", "");
      WorkerProcess burst = shop.another("--preload", "none", "--burst");
      assertThat(burst.process().onExit()).succeedsWithin(SOON).isEqualTo(0);
      assertThat(shop.ended(first).status()).isEqualTo("finished");
      assertThat(shop.ended(second).status()).isEqualTo("finished");
    }
  }

  @Test
  void aWorkerTakesAJobOnlyWhileItsGpuHasRoom(DioptraSite site, @TempDir Path folder)
      throws Exception {
    Path smi = folder.resolve("nvidia-smi");
    Files.writeString(
        smi,
        "#!/bin/sh\n[ \"$1\" = --list-gpus ] && echo 'GPU 0: A (UUID: GPU-a)' || cat "
            + folder
            + "/free\n");
    Files.setPosixFilePermissions(smi, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.writeString(folder.resolve("free"), "10\n");
    Map<String, String> variables = new HashMap<>(site.workerEnvironment());
    variables.put("PATH", folder + ":" + System.getenv("PATH"));
    try (Workshop shop =
        Workshop.open(site, variables, "--preload", "none", "--gpu-memory-free", "500")) {
      SubmittedJob job = Rude.in(shop).submit("nothing", "");
      shop.worker().awaitLine("No job is taken, as 10 of 500 MiB are free on GPU-a", SOON);
      assertThat(job.status()).isEqualTo("queued");
      Files.writeString(folder.resolve("free"), "600\n");
      assertThat(shop.ended(job).status()).isEqualTo("finished");
    }
  }
}
