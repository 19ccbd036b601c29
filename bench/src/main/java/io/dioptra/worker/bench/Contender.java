package io.dioptra.worker.bench;

import io.dioptra.worker.testing.DioptraSite;
import io.dioptra.worker.testing.PythonEnvironment;
import io.dioptra.worker.testing.ServerCommand;
import io.dioptra.worker.testing.ServerProcess;
import io.dioptra.worker.testing.WorkerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A worker of the site that takes jobs from a queue of its own. */
record Contender(String name, int queue, ServerProcess process) implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofMinutes(2);

  /** This worker, with TensorFlow and ART imported. */
  static Contender ours(DioptraSite site, Path folder) throws IOException, InterruptedException {
    int queue = site.client().createQueue("ours");
    WorkerProcess worker =
        WorkerProcess.start(
            "tensorflow-cpu", site.workerEnvironment(), Files.createDirectory(folder), "ours");
    worker.awaitReady(LIMIT);
    return new Contender("this worker", queue, worker.process());
  }

  /** Dioptra's own worker 1.2.2 on rq 2.6.1, with the same frameworks installed. */
  static Contender official(DioptraSite site, Path folder)
      throws IOException, InterruptedException {
    int queue = site.client().createQueue("official");
    Path program =
        PythonEnvironment.named("official-worker")
            .interpreter()
            .resolveSibling("dioptra-worker-v1");
    List<String> command =
        List.of(program.toString(), "--url", site.redis().toString(), "official");
    ServerCommand worker =
        new ServerCommand(
            "the official worker",
            command,
            site.workerEnvironment(),
            Files.createDirectory(folder));
    return new Contender("official worker", queue, ServerProcess.start(worker));
  }

  /** What the worker has written so far. */
  String log() throws IOException {
    return Files.readString(process.log());
  }

  @Override
  public void close() {
    process.close();
  }
}
