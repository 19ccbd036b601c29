package io.dioptra.worker.host;

import io.dioptra.worker.config.JobUser;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import tools.jackson.databind.node.ObjectNode;

/**
 * Where a job's tasks find themselves.
 *
 * @param folder the working directory, absolute
 * @param plugins the folder of the task plugins
 * @param serialize the folder of the artifact plugins
 * @param deserialize the folder of the plugins that read input artifacts
 * @param environment variables that only this job sees; an empty one is removed
 * @param level the lowest severity that loggers pass on, as Python names it
 */
public record JobSetting(
    Path folder,
    Path plugins,
    Path serialize,
    Path deserialize,
    Map<String, Optional<String>> environment,
    String level,
    Optional<JobUser> user,
    OptionalInt openFiles) {
  public JobSetting {
    environment = Map.copyOf(environment);
  }

  ObjectNode encode(ObjectNode frame) {
    frame
        .put("folder", folder.toString())
        .put("plugins", plugins.toString())
        .put("serialize", serialize.toString())
        .put("deserialize", deserialize.toString());
    ObjectNode variables = frame.putObject("environment");
    environment.forEach((name, value) -> variables.put(name, value.orElse(null)));
    frame.put("level", level).putNull("user").putNull("open_files");
    user.ifPresent(it -> frame.putArray("user").add(it.user()).add(it.group()));
    openFiles.ifPresent(it -> frame.put("open_files", it));
    return frame;
  }
}
