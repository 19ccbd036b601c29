package io.dioptra.worker.testing;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * How to start a server.
 *
 * @param name as people call it, for messages
 * @param command the program and its arguments
 * @param environment what is set on top of the environment of this process
 * @param folder where it runs; its output goes to {@code server.log} there
 */
public record ServerCommand(
    String name, List<String> command, Map<String, String> environment, Path folder) {
  public ServerCommand {
    command = List.copyOf(command);
    environment = Map.copyOf(environment);
  }

  /** Where the standard output and error of the server go. */
  public Path log() {
    return folder.resolve("server.log");
  }
}
