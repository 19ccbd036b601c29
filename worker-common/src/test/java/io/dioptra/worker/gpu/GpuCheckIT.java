package io.dioptra.worker.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import io.dioptra.worker.config.CudaNeed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The check on a child process that prints what {@code nvidia-smi} prints. The texts have the form
 * of a machine with two A100; no GPU is involved.
 */
class GpuCheckIT {
  private static final String TWO =
      """
      case "$*" in
        --query-gpu=index,uuid,name,driver_version,memory.total*)
          echo '0, GPU-5c1d, NVIDIA A100-SXM4-80GB, 550.54.14, 81920 MiB'
          echo '1, GPU-77ab, NVIDIA A100-SXM4-80GB, 550.54.14, 81920 MiB' ;;
        '') echo '| NVIDIA-SMI 550.54.14    Driver Version: 550.54.14    CUDA Version: 12.4     |' ;;
      esac
      """;

  @TempDir private Path folder;
  private final Map<String, String> environment = new HashMap<>();

  @BeforeEach
  void prepare() throws IOException {
    environment.put("PATH", folder.resolve("none") + ":" + folder + ":/usr/bin:/bin");
    environment.put("NVIDIA_VISIBLE_DEVICES", "all");
    Files.createDirectories(folder.resolve("proc/driver/nvidia"));
    Files.createDirectory(folder.resolve("dev"));
  }

  @Test
  void whatIsThereIsToldInOneLine() throws Exception {
    nvidiaSmi(TWO);
    assertThat(look())
        .isEqualTo(
            new GpuState.Usable(
                "2 × NVIDIA A100-SXM4-80GB, 81920 MiB, driver 550.54.14, CUDA 12.4; this image"
                    + " needs CUDA 12 (driver 525 or newer)"));
  }

  @Test
  void onlyWhatCudaWillSeeIsTold() throws Exception {
    nvidiaSmi(TWO);
    for (String one : new String[] {"1", "GPU-77", "MIG-1", "0,7,1", " 0"}) {
      environment.put("CUDA_VISIBLE_DEVICES", one);
      assertThat(look()).as(one).isInstanceOf(GpuState.Usable.class);
      assertThat(look().words()).as(one).startsWith("1 × ");
    }
    for (String none : new String[] {"", "-1", "7", "GPU-x"}) {
      environment.put("CUDA_VISIBLE_DEVICES", none);
      assertThat(look())
          .isEqualTo(
              new GpuState.Unusable(
                  "CUDA_VISIBLE_DEVICES="
                      + none
                      + " hides all 2 of them. The operator should take it away or name their"
                      + " numbers"));
    }
  }

  @Test
  void aDriverThatIsTooOldIsTold() throws Exception {
    nvidiaSmi(TWO.replace("550.54.14", "470.82.01"));
    assertThat(look())
        .isEqualTo(
            new GpuState.Unusable(
                "the driver 470.82.01 is too old: this image needs CUDA 12 (driver 525 or newer)."
                    + " The operator should update the driver"));
    assertThat(look(Optional.empty())).isInstanceOf(GpuState.Usable.class);
  }

  @Test
  void aContainerWithoutADriverIsToldHowToGetIt() throws Exception {
    assertThat(look().words())
        .startsWith("there is no NVIDIA driver here. The operator should start the container with")
        .contains("--gpus all", "runtime: nvidia");
  }

  @Test
  void aContainerThatShallHaveNoneIsToldWhichSettingSaysSo() throws Exception {
    environment.put("NVIDIA_VISIBLE_DEVICES", "none");
    assertThat(look())
        .isEqualTo(
            new GpuState.Unusable(
                "NVIDIA_VISIBLE_DEVICES=none hides them. The operator should set it to all or to"
                    + " their numbers"));
  }

  @Test
  void aDriverThatDoesNotWorkIsQuoted() throws Exception {
    nvidiaSmi("echo \"NVIDIA-SMI has failed because it couldn't communicate\"; exit 9");
    assertThat(look().words())
        .isEqualTo(
            folder
                + "/nvidia-smi says \"NVIDIA-SMI has failed because it couldn't communicate\". The"
                + " operator should check NVIDIA's driver on this machine");
    nvidiaSmi("echo garbage, more garbage");
    assertThat(look().words()).contains("nvidia-smi says \"garbage, more garbage\"");
    nvidiaSmi("true");
    assertThat(look()).isInstanceOf(GpuState.Unusable.class);
  }

  @Test
  void aDriverThatHangsDoesNotHangTheWorker() throws Exception {
    Path pid = folder.resolve("pid");
    nvidiaSmi("echo $$ >" + pid + "; sleep 60");
    assertThat(look().words()).contains("nvidia-smi gives no answer within 2 s");
    assertThat(ProcessHandle.of(Long.parseLong(Files.readString(pid).strip())))
        .satisfiesAnyOf(
            it -> assertThat(it).isEmpty(),
            it -> assertThat(it.orElseThrow().onExit()).succeedsWithin(Duration.ofSeconds(5)));
  }

  @Test
  void withoutItsProgramTheKernelIsAsked() throws Exception {
    Path version = folder.resolve("proc/driver/nvidia/version");
    Files.writeString(
        version,
        "NVRM version: NVIDIA UNIX Open Kernel Module for x86_64  550.54.14  Release Build\n");
    assertThat(look().words()).as("no device").startsWith("there is no NVIDIA driver here");
    Files.createFile(folder.resolve("dev/nvidia0"));
    Files.createFile(folder.resolve("dev/nvidiactl"));
    assertThat(look().words()).startsWith("1 × NVIDIA GPU, driver 550.54.14; this image needs");
    Files.writeString(
        version, "NVRM version: NVIDIA UNIX x86_64 Kernel Module  470.82.01  Wed Oct 27\n");
    assertThat(look().words()).startsWith("the driver 470.82.01 is too old");
  }

  private GpuState look() throws InterruptedException {
    return look(Optional.of(CudaNeed.ofCuda12("12.5")));
  }

  private GpuState look(Optional<CudaNeed> need) throws InterruptedException {
    return new GpuCheck(
            need,
            environment,
            new NvidiaSmi(environment.getOrDefault("PATH", ""), Duration.ofSeconds(2)),
            new KernelDriver(folder.resolve("proc"), folder.resolve("dev")))
        .look();
  }

  private void nvidiaSmi(String script) throws IOException {
    Path file = Files.writeString(folder.resolve("nvidia-smi"), "#!/bin/bash\n" + script + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
