package io.dioptra.worker.host;

import java.util.List;
import java.util.Map;

/**
 * A host of another language, which a template starts instead of going on in Python.
 *
 * @param command the path of the program and its arguments
 * @param variables set for it beside what the template has
 */
record Program(List<String> command, Map<String, String> variables) {
  Program {
    command = List.copyOf(command);
    variables = Map.copyOf(variables);
  }
}
