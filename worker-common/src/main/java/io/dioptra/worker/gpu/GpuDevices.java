package io.dioptra.worker.gpu;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The single GPUs that CUDA will see, by the names that {@code CUDA_VISIBLE_DEVICES} takes, and how
 * much of their memory is free; asked of the driver each time. Any thread may use it.
 */
public final class GpuDevices {
  /** The variable that says which of them a process uses. */
  public static final String VARIABLE = "CUDA_VISIBLE_DEVICES";

  private static final Duration LIMIT = Duration.ofSeconds(15);
  private static final Pattern GPU = Pattern.compile("GPU (\\d+): .*\\(UUID: (GPU-[^)]+)\\)");
  private static final Pattern SLICE = Pattern.compile("\\s+MIG .*\\(UUID: (MIG-[^)]+)\\)");

  private final Optional<String> chosen;
  private final NvidiaSmi smi;

  /**
   * @param environment with {@code PATH} and, perhaps, {@code CUDA_VISIBLE_DEVICES}
   */
  public GpuDevices(Map<String, String> environment) {
    this.chosen = Optional.ofNullable(environment.get(VARIABLE));
    this.smi = new NvidiaSmi(environment.getOrDefault("PATH", ""), LIMIT);
  }

  /** In CUDA's order: whole GPUs, or the slices of those that are sliced (MIG). */
  public List<String> visible() throws GpuException, InterruptedException {
    List<Listed> listed = listed(ask("--list-gpus"));
    return chosen.isPresent()
        ? existing(listed, chosen.get())
        : listed.stream().flatMap(gpu -> gpu.names().stream()).toList();
  }

  /**
   * Returns the free memory of a device in MiB.
   *
   * @throws GpuException also for a slice, whose memory the driver tells to nobody outside it
   */
  public int freeMemory(String device) throws GpuException, InterruptedException {
    if (device.startsWith("MIG-")) {
      throw new GpuException("the free memory of a slice (" + device + ") is not told");
    }
    String said = ask("--id=" + device, "--query-gpu=memory.free", "--format=csv,noheader,nounits");
    try {
      return Integer.parseInt(said);
    } catch (NumberFormatException _) {
      throw new GpuException("nvidia-smi calls the free memory of " + device + " \"" + said + "\"");
    }
  }

  private String ask(String... question) throws GpuException, InterruptedException {
    try {
      return smi.output(question)
          .orElseThrow(() -> new GpuException("there is no nvidia-smi in the PATH"));
    } catch (IOException e) {
      throw new GpuException("nvidia-smi " + e.getMessage());
    }
  }

  /** As CUDA counts: up to the first that does not exist. */
  private static List<String> existing(List<Listed> listed, String chosen) {
    List<String> existing = new ArrayList<>();
    for (String part : chosen.split(",", -1)) {
      String name = part.strip();
      if (name.isEmpty() || listed.stream().noneMatch(gpu -> gpu.isNamed(name))) {
        return existing;
      }
      existing.add(name);
    }
    return existing;
  }

  private static List<Listed> listed(String lines) {
    List<Listed> listed = new ArrayList<>();
    for (String line : lines.lines().toList()) {
      Matcher gpu = GPU.matcher(line);
      Matcher slice = SLICE.matcher(line);
      if (gpu.matches()) {
        listed.add(new Listed(gpu.group(1), gpu.group(2), new ArrayList<>()));
      } else if (slice.matches() && !listed.isEmpty()) {
        listed.getLast().slices().add(slice.group(1));
      }
    }
    return listed;
  }

  private record Listed(String index, String uuid, List<String> slices) {
    List<String> names() {
      return slices.isEmpty() ? List.of(uuid) : slices;
    }

    boolean isNamed(String name) {
      return index.equals(name)
          || (name.startsWith("GPU-") && uuid.startsWith(name))
          || (name.startsWith("MIG-") && slices.stream().anyMatch(it -> it.startsWith(name)));
    }
  }
}
