package io.dioptra.worker.local;

import io.dioptra.worker.engine.GraphWalk;
import io.dioptra.worker.task.LogLine;
import io.dioptra.worker.task.TaskEvents;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;

/**
 * Shows a run while it goes on: which step it is at, what its tasks log, and what they print as it
 * is. Files of plugins have the names that their author knows. Any thread may call it.
 */
public final class Console implements TaskEvents {
  private static final String STEP = "Running step: ";

  private final PrintStream out;
  private final Map<Path, Path> copies;
  private final int steps;
  private int step;

  /**
   * @param copies by folder of a copy the folder it was copied from
   * @param steps how many there are
   */
  Console(PrintStream out, Map<Path, Path> copies, int steps) {
    this.out = out;
    this.copies = copies;
    this.steps = steps;
  }

  @Override
  public synchronized void log(LogLine line) {
    if (line.logger().equals(GraphWalk.LOGGER) && line.event().startsWith(STEP)) {
      step++;
      say("step %d/%d: %s".formatted(step, steps, line.event().substring(STEP.length())));
      return;
    }
    StringBuilder text = new StringBuilder();
    if (line.logger().equals("stdout") || line.logger().equals("stderr")) {
      text.append(line.event());
    } else {
      text.append('[').append(line.severity().word()).append("] ").append(line.event());
      text.append("  [").append(line.logger()).append(']');
    }
    if (!line.fields().isEmpty()) {
      text.append(' ').append(line.fields());
    }
    if (!line.details().isEmpty()) {
      text.append('\n').append(line.details());
    }
    say(text.toString());
  }

  /** Shows a line of our own. */
  synchronized void say(String line) {
    out.println(inNamesOfTheAuthor(line));
    out.flush();
  }

  private String inNamesOfTheAuthor(String text) {
    String readable = text;
    for (var copy : copies.entrySet()) {
      readable = readable.replace(copy.getKey() + "/", copy.getValue() + "/");
    }
    return readable;
  }
}
