package io.dioptra.worker.pytorch.gpu;

import io.dioptra.worker.app.Worker;
import io.dioptra.worker.config.CudaNeed;
import io.dioptra.worker.config.WorkerEnvironment;
import io.dioptra.worker.pytorch.PytorchCpuWorker;

/** The worker of the queue {@code pytorch-gpu}: PyTorch on NVIDIA GPUs. */
public final class PytorchGpuWorker {
  private static final WorkerEnvironment ENVIRONMENT =
      PytorchCpuWorker.ENVIRONMENT.onGpu("pytorch-gpu", CudaNeed.ofCuda12("12.6"));

  private PytorchGpuWorker() {}

  public static void main(String[] args) {
    System.exit(Worker.run(ENVIRONMENT, args, System.getenv()));
  }
}
