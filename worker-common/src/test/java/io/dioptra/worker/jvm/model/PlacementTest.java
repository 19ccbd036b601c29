package io.dioptra.worker.jvm.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlacementTest {
  private static final Map<String, String> NONE = Map.of("CUDA_VISIBLE_DEVICES", "");

  @Test
  void aGpuIsTakenWhereThereIsOneAndTheStepDoesNotSayOtherwise() {
    assertThat(of("auto", true, Map.of())).isEqualTo(new Placement(true, "a GPU"));
    assertThat(of("gpu", true, Map.of())).isEqualTo(new Placement(true, "a GPU"));
    assertThat(of("cpu", true, Map.of()))
        .isEqualTo(new Placement(false, "the CPU, as device is \"cpu\""));
  }

  @Test
  void theSameIsDoneOnTheCpuWithTheReason() {
    assertThat(of("auto", false, NONE))
        .isEqualTo(
            new Placement(
                false,
                "the CPU: PyTorch finds no GPU, as this job is given none"
                    + " (CUDA_VISIBLE_DEVICES=)"));
    assertThat(of("auto", false, Map.of("CUDA_VISIBLE_DEVICES", "1")).words())
        .startsWith("the CPU: PyTorch finds no GPU, as ")
        .doesNotContain("CUDA_VISIBLE_DEVICES");
  }

  @Test
  void aGpuThatIsAskedForAndNotThereIsToldWithTheReason() {
    assertThatThrownBy(() -> of("gpu", false, NONE))
        .hasMessage(
            "device is \"gpu\", but PyTorch finds no GPU, as this job is given none"
                + " (CUDA_VISIBLE_DEVICES=). With \"auto\" the same is done on the CPU");
  }

  @ParameterizedTest
  @ValueSource(strings = {"cuda", "tpu", "", "GPU"})
  void anotherWordIsToldWithThoseThereAre(String word) {
    assertThatThrownBy(() -> of(word, true, Map.of()))
        .hasMessage("device has to be auto, cpu or gpu; it is \"" + word + "\"");
  }

  private static Placement of(String word, boolean found, Map<String, String> variables) {
    return Placement.of(word, "PyTorch", found, variables);
  }
}
