package io.dioptra.worker.tensorflow;

import io.dioptra.worker.app.Worker;
import io.dioptra.worker.config.WorkerEnvironment;
import java.util.List;

/** The worker of the queue {@code tensorflow-cpu}: TensorFlow on the CPU. */
public final class TensorflowCpuWorker {
  public static final WorkerEnvironment ENVIRONMENT =
      WorkerEnvironment.onCpu(
          "tensorflow-cpu",
          "tensorflow-cpu",
          List.of(
              "numpy",
              "tensorflow",
              "keras",
              "art.attacks.evasion",
              "art.estimators.classification",
              "pandas",
              "sklearn",
              "matplotlib.pyplot",
              "PIL.Image",
              "mlflow"));

  private TensorflowCpuWorker() {}

  public static void main(String[] args) {
    System.exit(Worker.run(ENVIRONMENT, args, System.getenv()));
  }
}
