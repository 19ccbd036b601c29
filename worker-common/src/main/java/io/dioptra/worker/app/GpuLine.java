package io.dioptra.worker.app;

import io.dioptra.worker.config.WorkerEnvironment;
import io.dioptra.worker.gpu.GpuCheck;
import io.dioptra.worker.gpu.GpuState;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says in one line of the log what jobs will compute on, where that is a question. */
final class GpuLine {
  private static final Logger LOG = LoggerFactory.getLogger(GpuLine.class);

  private final GpuCheck check;
  private final boolean isQuestion;

  GpuLine(WorkerEnvironment environment, Map<String, String> variables) {
    this.check = new GpuCheck(environment.cuda(), variables);
    this.isQuestion = environment.cuda().isPresent();
  }

  /** Whether the image's libraries can use GPUs at all. */
  boolean isQuestion() {
    return isQuestion;
  }

  /**
   * Waits for the answer only where a GPU is required: a driver may take seconds.
   *
   * @throws StartException if a GPU is required and there is none
   */
  void say(boolean isRequired) throws StartException, InterruptedException {
    if (isRequired) {
      switch (check.look()) {
        case GpuState.Usable(String words) -> LOG.info("GPU: {}", words);
        case GpuState.Unusable(String words) ->
            throw new StartException("Cannot start: --require-gpu, but no GPU: " + words + ".");
      }
    } else if (isQuestion) {
      Thread.ofVirtual().name("gpu-check").start(this::say);
    }
  }

  private void say() {
    try {
      switch (check.look()) {
        case GpuState.Usable(String words) -> LOG.info("GPU: {}", words);
        case GpuState.Unusable(String words) -> LOG.warn("No GPU, so jobs use the CPU: {}.", words);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
