package io.dioptra.worker.host;

import io.dioptra.worker.config.JobUser;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A host of another language, which a template starts instead of going on in Python.
 *
 * @param command the path of the program and its arguments
 * @param variables set for it beside what the template has
 * @param user whose process it becomes, if not the template's
 * @param openFiles how many files it may have open, if that is limited
 */
record Program(
    List<String> command,
    Map<String, String> variables,
    Optional<JobUser> user,
    OptionalInt openFiles) {
  Program {
    command = List.copyOf(command);
    variables = Map.copyOf(variables);
  }
}
