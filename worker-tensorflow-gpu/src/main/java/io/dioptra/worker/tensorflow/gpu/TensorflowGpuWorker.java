package io.dioptra.worker.tensorflow.gpu;

import io.dioptra.worker.app.Worker;
import io.dioptra.worker.config.CudaNeed;
import io.dioptra.worker.config.WorkerEnvironment;
import io.dioptra.worker.tensorflow.TensorflowCpuWorker;

/** The worker of the queue {@code tensorflow-gpu}: TensorFlow on NVIDIA GPUs. */
public final class TensorflowGpuWorker {
  private static final WorkerEnvironment ENVIRONMENT =
      TensorflowCpuWorker.ENVIRONMENT.onGpu("tensorflow-gpu", CudaNeed.ofCuda12("12.5"));

  private TensorflowGpuWorker() {}

  public static void main(String[] args) {
    System.exit(Worker.run(ENVIRONMENT, args, System.getenv()));
  }
}
