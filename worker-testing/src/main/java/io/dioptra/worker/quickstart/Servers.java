package io.dioptra.worker.quickstart;

import io.dioptra.worker.testing.DioptraSite;
import io.dioptra.worker.testing.ServerProcess;
import io.dioptra.worker.testing.SiteSettings;
import io.dioptra.worker.testing.WorkerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** All that runs during the tour. */
record Servers(DioptraSite site, WorkerProcess worker) implements AutoCloseable {
  static final String ENVIRONMENT = "tensorflow-cpu";

  private static final Duration READY_LIMIT = Duration.ofMinutes(3);
  private static final int CAUSE_LOOKS = 20;
  private static final Duration PAUSE = Duration.ofMillis(100);

  static DioptraSite startSite(Path folder) throws IOException, InterruptedException {
    return DioptraSite.startIn(folder, SiteSettings.standard());
  }

  /** Starts the worker, which takes seconds to get ready. */
  static Servers withWorker(DioptraSite site, Path folder) throws IOException {
    Path place = Files.createDirectory(folder.resolve("worker"));
    return new Servers(site, WorkerProcess.start(ENVIRONMENT, site.workerEnvironment(), place));
  }

  /**
   * Looks whether all of them still run.
   *
   * @throws IOException if one has ended, with its name and its log
   */
  void check() throws IOException {
    if (!site.redisServer().isAlive()) {
      throw new IOException("Redis has ended.");
    }
    for (ServerProcess process : site.processes()) {
      check(process);
    }
    check(worker.process());
  }

  /**
   * Waits until the worker has imported what its jobs need.
   *
   * @throws IOException if a server ends meanwhile, or the worker is not ready after three minutes
   */
  WorkerLog awaitReady() throws IOException, InterruptedException {
    long end = System.nanoTime() + READY_LIMIT.toNanos();
    while (!workerLog().tellsReady()) {
      check();
      if (System.nanoTime() > end) {
        throw new IOException(
            "The worker is not ready after "
                + READY_LIMIT.toMinutes()
                + " minutes. Its log: "
                + workerLog().file()
                + ".");
      }
      Thread.sleep(PAUSE);
    }
    return workerLog();
  }

  WorkerLog workerLog() {
    return new WorkerLog(worker.process().log());
  }

  /** The end of a server where one ended in the last seconds, else what was seen of it. */
  IOException cause(IOException seen) throws InterruptedException {
    try {
      for (int looks = 0; looks < CAUSE_LOOKS; looks++) {
        check();
        Thread.sleep(PAUSE);
      }
      return seen;
    } catch (IOException ended) {
      ended.addSuppressed(seen);
      return ended;
    }
  }

  /**
   * Waits for ever.
   *
   * @throws IOException when a server ends
   */
  void awaitTrouble() throws IOException, InterruptedException {
    while (true) {
      check();
      Thread.sleep(PAUSE);
    }
  }

  private static void check(ServerProcess process) throws IOException {
    if (!process.isAlive()) {
      throw new IOException(
          process.name()
              + " has ended with status "
              + process.onExit().join()
              + ". Its log: "
              + process.log()
              + ".");
    }
  }

  /** Ends the worker; the site belongs to whoever started it. */
  @Override
  public void close() {
    worker.close();
  }
}
