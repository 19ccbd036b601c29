package io.dioptra.worker.gpu;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which GPUs CUDA will see, as two variables say. */
record Visibility(Map<String, String> environment) {
  private static final String CONTAINER = "NVIDIA_VISIBLE_DEVICES";
  private static final String CUDA = "CUDA_VISIBLE_DEVICES";

  /** Why the container got no GPU at all, where it was asked to have none. */
  Optional<String> hiddenFromContainer() {
    String value = environment.getOrDefault(CONTAINER, "all");
    return Set.of("none", "void", "").contains(value)
        ? Optional.of(CONTAINER + "=" + value)
        : Optional.empty();
  }

  /** As CUDA counts: up to the first device that does not exist. */
  List<Gpu> visible(List<Gpu> gpus) {
    String value = environment.get(CUDA);
    if (value == null) {
      return gpus;
    }
    List<Gpu> visible = new ArrayList<>();
    for (String name : value.split(",", -1)) {
      Optional<Gpu> named = gpus.stream().filter(gpu -> isNamed(gpu, name.strip())).findFirst();
      if (named.isEmpty()) {
        return visible;
      }
      visible.add(named.get());
    }
    return visible;
  }

  String cudaSetting() {
    return CUDA + "=" + environment.getOrDefault(CUDA, "");
  }

  private static boolean isNamed(Gpu gpu, String name) {
    // Who asks for a slice of a GPU gets it from one that is there; which one, only CUDA knows.
    return gpu.index().equals(name)
        || name.startsWith("MIG-")
        || (name.startsWith("GPU-") && gpu.uuid().startsWith(name));
  }
}
