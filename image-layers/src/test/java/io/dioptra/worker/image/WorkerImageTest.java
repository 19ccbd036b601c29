package io.dioptra.worker.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.tools.jib.api.buildplan.Platform;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WorkerImageTest {
  private static final Platform AMD64 = new Platform("amd64", "linux");
  private static final Map<String, String> CUDA = Map.of("torch-build", "cuda");

  @Test
  void sizesAreKeptApartByBuildAndPlatform() {
    assertThat(WorkerImage.variant("worker-base", AMD64, Map.of())).isEqualTo("worker-base");
    assertThat(WorkerImage.variant("pytorch-gpu", AMD64, CUDA)).isEqualTo("pytorch-gpu");
    assertThat(WorkerImage.variant("pytorch-cpu", AMD64, CUDA))
        .isEqualTo("pytorch-cpu (CUDA build)");
    assertThat(
            WorkerImage.variant(
                "pytorch-cpu", new Platform("arm64", "linux"), Map.of("torch-build", "cpu")))
        .isEqualTo("pytorch-cpu (arm64)");
  }
}
