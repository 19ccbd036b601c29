package io.dioptra.worker.pytorch;

import io.dioptra.worker.app.Worker;
import io.dioptra.worker.config.WorkerEnvironment;
import java.util.List;

/** The worker of the queue {@code pytorch-cpu}: PyTorch on the CPU. */
public final class PytorchCpuWorker {
  public static final WorkerEnvironment ENVIRONMENT =
      WorkerEnvironment.onCpu(
          "pytorch-cpu",
          "pytorch-cpu",
          List.of(
              "numpy",
              "torch",
              "torchvision",
              "art.attacks.evasion",
              "art.estimators.classification",
              "pandas",
              "sklearn",
              "matplotlib.pyplot",
              "PIL.Image",
              "mlflow"));

  private PytorchCpuWorker() {}

  public static void main(String[] args) {
    System.exit(Worker.run(ENVIRONMENT, args, System.getenv()));
  }
}
