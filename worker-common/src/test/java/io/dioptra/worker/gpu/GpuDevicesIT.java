package io.dioptra.worker.gpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The devices that a child process tells in the words of {@code nvidia-smi}; no GPU is involved.
 */
class GpuDevicesIT {
  private static final String LIST =
      """
      case "$*" in
        --list-gpus)
          echo 'GPU 0: NVIDIA A100-SXM4-80GB (UUID: GPU-5c1d-00)'
          echo 'GPU 1: NVIDIA A100-SXM4-80GB (UUID: GPU-77ab-00)'
          echo '  MIG 3g.40gb     Device  0: (UUID: MIG-aa11)'
          echo '  MIG 3g.40gb     Device  1: (UUID: MIG-bb22)' ;;
        --id=GPU-5c1d-00*memory.free*) echo 40123 ;;
        *) echo '[N/A]' ;;
      esac
      """;

  @TempDir private Path folder;
  private final Map<String, String> environment = new HashMap<>();

  @BeforeEach
  void prepare() throws IOException {
    environment.put("PATH", folder + ":/usr/bin:/bin");
    Path program = folder.resolve("nvidia-smi");
    Files.writeString(program, "#!/bin/sh\n" + LIST);
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  @Test
  void aSlicedGpuCountsAsItsSlices() throws Exception {
    assertThat(devices().visible()).containsExactly("GPU-5c1d-00", "MIG-aa11", "MIG-bb22");
  }

  @Test
  void whatIsChosenCountsUpToTheFirstThatDoesNotExist() throws Exception {
    environment.put("CUDA_VISIBLE_DEVICES", "1, GPU-5c,MIG-bb22,MIG-cc33,0");
    assertThat(devices().visible()).containsExactly("1", "GPU-5c", "MIG-bb22");
    environment.put("CUDA_VISIBLE_DEVICES", "");
    assertThat(devices().visible()).isEmpty();
  }

  @Test
  void freeMemoryIsToldInMebibytes() throws Exception {
    assertThat(devices().freeMemory("GPU-5c1d-00")).isEqualTo(40123);
  }

  @Test
  void memoryThatIsNotToldIsAnError() {
    assertThatThrownBy(() -> devices().freeMemory("GPU-77ab-00"))
        .isInstanceOf(GpuException.class)
        .hasMessage("nvidia-smi calls the free memory of GPU-77ab-00 \"[N/A]\"");
    assertThatThrownBy(() -> devices().freeMemory("MIG-aa11"))
        .isInstanceOf(GpuException.class)
        .hasMessageContaining("MIG-aa11");
  }

  @Test
  void withoutADriverThereIsNothingToAsk() {
    environment.put("PATH", "/nowhere");
    assertThatThrownBy(() -> devices().visible())
        .isInstanceOf(GpuException.class)
        .hasMessage("there is no nvidia-smi in the PATH");
  }

  private GpuDevices devices() {
    return new GpuDevices(environment);
  }
}
