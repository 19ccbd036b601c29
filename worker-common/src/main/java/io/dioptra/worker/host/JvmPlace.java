package io.dioptra.worker.host;

import io.dioptra.worker.config.JobUser;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a process of JVM tasks cannot change any more: a job takes none that was started otherwise.
 *
 * @param gpu the devices that it sees, if not all
 * @param user whose process it is, if not the worker's
 * @param openFiles how many files it may have open, if that is limited
 */
record JvmPlace(Optional<String> gpu, Optional<JobUser> user, OptionalInt openFiles) {
  private static final String GPU = "CUDA_VISIBLE_DEVICES";

  static JvmPlace of(JobSetting setting) {
    return new JvmPlace(
        setting.environment().getOrDefault(GPU, Optional.empty()),
        setting.user(),
        setting.openFiles());
  }

  Map<String, String> variables() {
    return gpu.map(it -> Map.of(GPU, it)).orElseGet(Map::of);
  }
}
