package io.dioptra.worker.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dioptra.worker.config.WorkSettings;
import io.dioptra.worker.gpu.GpuDevices;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Slots on two GPUs that a child process tells in the words of {@code nvidia-smi}. */
class SlotGpusIT {
  private static final String TWO =
      """
      #!/bin/sh
      case "$*" in
        --list-gpus)
          echo 'GPU 0: NVIDIA A100-SXM4-80GB (UUID: GPU-aa)'
          echo 'GPU 1: NVIDIA A100-SXM4-80GB (UUID: GPU-bb)' ;;
        --id=GPU-aa*memory.free*) cat "${0%/*}/free-aa" ;;
        --id=GPU-bb*memory.free*) cat "${0%/*}/free-bb" ;;
      esac
      """;

  @TempDir private Path folder;

  @BeforeEach
  void prepare() throws IOException {
    Path program = folder.resolve("nvidia-smi");
    Files.writeString(program, TWO);
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.writeString(folder.resolve("free-aa"), "8000\n");
    Files.writeString(folder.resolve("free-bb"), "100\n");
  }

  @Test
  void eachOfSeveralSlotsHasAGpuOfItsOwn() throws Exception {
    SlotGpus gpus = gpus(true, "--concurrency", "2");
    assertThat(gpus.variables(1)).isEqualTo(Map.of("CUDA_VISIBLE_DEVICES", "GPU-aa"));
    assertThat(gpus.variables(2)).isEqualTo(Map.of("CUDA_VISIBLE_DEVICES", "GPU-bb"));
  }

  @Test
  void oneSlotSeesThemAll() throws Exception {
    assertThat(gpus(true).variables(1)).isEmpty();
  }

  @Test
  void anImageForTheCpuDoesNotAsk() throws Exception {
    assertThat(gpus(false, "--concurrency", "9").variables(9)).isEmpty();
  }

  @Test
  void moreSlotsThanGpusAreRefused() {
    assertThatThrownBy(() -> gpus(true, "--concurrency", "3"))
        .isInstanceOf(StartException.class)
        .hasMessageContaining("--concurrency 3, but there are only 2 GPUs (GPU-aa, GPU-bb)");
  }

  @Test
  void aSlotHasRoomWhileItsOwnGpuHas() throws Exception {
    SlotGpus gpus = gpus(true, "--concurrency", "2", "--gpu-memory-free", "4000");
    List<BooleanSupplier> rooms = List.of(gpus.room(1), gpus.room(2));
    assertThat(rooms).extracting(BooleanSupplier::getAsBoolean).containsExactly(true, false);
    Files.writeString(folder.resolve("free-aa"), "3999\n");
    Files.writeString(folder.resolve("free-bb"), "4000\n");
    assertThat(rooms).extracting(BooleanSupplier::getAsBoolean).containsExactly(false, true);
    Files.writeString(folder.resolve("free-aa"), "Unknown Error\n");
    assertThat(rooms.getFirst().getAsBoolean()).isFalse();
  }

  @Test
  void oneSlotNeedsRoomOnAllThatItSees() throws Exception {
    BooleanSupplier room = gpus(true, "--gpu-memory-free", "4000").room(1);
    assertThat(room.getAsBoolean()).isFalse();
    Files.writeString(folder.resolve("free-bb"), "8000\n");
    assertThat(room.getAsBoolean()).isTrue();
  }

  @Test
  void freeMemoryIsNotAskedForWhereThereIsNoGpu() {
    assertThatThrownBy(
            () ->
                SlotGpus.of(
                    settings("--gpu-memory-free", "4000"),
                    false,
                    new GpuDevices(Map.of("PATH", "/nowhere"))))
        .isInstanceOf(StartException.class)
        .hasMessageContaining("--gpu-memory-free needs a GPU")
        .hasMessageContaining("there is no nvidia-smi in the PATH");
  }

  private SlotGpus gpus(boolean usesGpus, String... options) throws Exception {
    Map<String, String> environment = Map.of("PATH", folder + ":/usr/bin:/bin");
    return SlotGpus.of(settings(options), usesGpus, new GpuDevices(environment));
  }

  private static WorkSettings settings(String... options) throws UsageException {
    WorkerCommand command = new WorkerCommand();
    command.read(List.of(options));
    return command.said().work();
  }
}
