package io.dioptra.worker.bench.queue;

import io.dioptra.worker.testing.Checkout;
import io.dioptra.worker.testing.PythonEnvironment;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** rq's own worker, which forks for each job, with a task that does nothing. */
final class PythonWorker implements QueueWorker {
  private final String version;
  private final Process process;

  /**
   * @param version of rq, one that the tests have an environment for
   */
  PythonWorker(String version, String redis, List<String> queues)
      throws IOException, InterruptedException {
    this.version = version;
    Path python = PythonEnvironment.named("rq-" + version).interpreter();
    List<String> command =
        new ArrayList<>(List.of(python.toString(), "-m", "rq.cli", "worker", "--url", redis));
    command.addAll(List.of("--logging_level", "ERROR"));
    command.addAll(queues);
    ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
    builder
        .environment()
        .put("PYTHONPATH", Checkout.find().resolve("bench/python/idle_task").toString());
    builder.environment().put("PYTHONDONTWRITEBYTECODE", "1");
    this.process = builder.start();
  }

  @Override
  public String name() {
    return "rq " + version;
  }

  @Override
  public void close() {
    process.destroy();
    var _ = process.onExit().join();
  }
}
