package io.dioptra.worker.gpu;

import io.dioptra.worker.config.CudaNeed;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Finds out whether jobs will have a GPU, before one of them asks. Any thread may use it. */
public final class GpuCheck {
  private static final Duration LIMIT = Duration.ofSeconds(15);

  private final Optional<CudaNeed> need;
  private final Visibility visibility;
  private final NvidiaSmi smi;
  private final KernelDriver kernel;

  /**
   * @param need what the image's libraries ask for, where they ask for something
   * @param environment with {@code PATH} and the variables that hide GPUs
   */
  public GpuCheck(Optional<CudaNeed> need, Map<String, String> environment) {
    this(
        need,
        environment,
        new NvidiaSmi(environment.getOrDefault("PATH", ""), LIMIT),
        new KernelDriver(Path.of("/proc"), Path.of("/dev")));
  }

  GpuCheck(
      Optional<CudaNeed> need,
      Map<String, String> environment,
      NvidiaSmi smi,
      KernelDriver kernel) {
    this.need = need;
    this.visibility = new Visibility(Map.copyOf(environment));
    this.smi = smi;
    this.kernel = kernel;
  }

  /** Looks now; takes as long as the driver takes to answer, but not longer than half a minute. */
  public GpuState look() throws InterruptedException {
    DriverAnswer answer = smi.ask();
    return switch (answer instanceof DriverAnswer.Missing ? kernel.ask() : answer) {
      case DriverAnswer.Missing _ -> new GpuState.Unusable(missing());
      case DriverAnswer.Broken(String reason) ->
          new GpuState.Unusable(
              reason + ". The operator should check NVIDIA's driver on this machine");
      case DriverAnswer.Found found -> judge(found);
    };
  }

  private String missing() {
    return visibility
        .hiddenFromContainer()
        .map(it -> it + " hides them. The operator should set it to all or to their numbers")
        .orElse(
            "there is no NVIDIA driver here. The operator should start the container with --gpus"
                + " all (docker) or runtime: nvidia (compose), on a machine with a driver");
  }

  private GpuState judge(DriverAnswer.Found found) {
    int major = Integer.parseInt(found.version().split("\\.", 2)[0]);
    if (need.isPresent() && major < need.get().driver()) {
      return new GpuState.Unusable(
          "the driver %s is too old: this image needs %s. The operator should update the driver"
              .formatted(found.version(), need.get().words()));
    }
    List<Gpu> visible = visibility.visible(found.gpus());
    if (visible.isEmpty()) {
      return new GpuState.Unusable(
          "%s hides all %d of them. The operator should take it away or name their numbers"
              .formatted(visibility.cudaSetting(), found.gpus().size()));
    }
    return new GpuState.Usable(
        "%s, driver %s%s%s"
            .formatted(
                names(visible),
                found.version(),
                found.cuda().map(version -> ", CUDA " + version).orElse(""),
                need.map(it -> "; this image needs " + it.words()).orElse("")));
  }

  /** Each kind once, with how many there are of it. */
  private static String names(List<Gpu> gpus) {
    Map<String, Long> kinds =
        gpus.stream()
            .map(gpu -> gpu.memory().isEmpty() ? gpu.name() : gpu.name() + ", " + gpu.memory())
            .collect(Collectors.groupingBy(it -> it, LinkedHashMap::new, Collectors.counting()));
    return kinds.entrySet().stream()
        .map(it -> it.getValue() + " × " + it.getKey())
        .collect(Collectors.joining("; "));
  }
}
