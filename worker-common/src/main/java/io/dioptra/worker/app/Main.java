package io.dioptra.worker.app;

import io.dioptra.worker.config.WorkerEnvironment;
import java.util.List;

/** The worker without a framework, for images that bring their own. */
public final class Main {
  private static final WorkerEnvironment ENVIRONMENT =
      WorkerEnvironment.onCpu("worker-common", "default", List.of("numpy", "mlflow"));

  private Main() {}

  public static void main(String[] args) {
    System.exit(Worker.run(ENVIRONMENT, args, System.getenv()));
  }
}
