package io.dioptra.worker.host;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Lets a program of its own show the JVM tasks that jobs would find: what a site's jar does while
 * it is loaded, it does there.
 */
public final class JvmTaskList {
  private final Path python;
  private final Map<String, String> environment;

  /**
   * @param python the interpreter that runs the other tasks
   * @param environment that jobs have
   */
  public JvmTaskList(Path python, Map<String, String> environment) {
    this.python = python;
    this.environment = Map.copyOf(environment);
  }

  /**
   * Runs the program with the standard streams of this one.
   *
   * @param arguments of {@code io.dioptra.worker.jvm.plugin.Main}
   * @return its exit status
   */
  public int show(List<String> arguments) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(new JvmCommand(python, environment).words(JvmCommand.LISTING));
    command.addAll(arguments);
    ProcessBuilder program = new ProcessBuilder(command).inheritIO();
    program.environment().clear();
    program.environment().putAll(environment);
    return program.start().waitFor();
  }
}
