package io.dioptra.worker.local;

import java.util.List;
import java.util.SequencedMap;

/** Steps and what they need as a text that Graphviz draws. */
public final class StepDrawing {
  private StepDrawing() {}

  /**
   * Draws.
   *
   * @param needs by step, in the order in which they run, the steps that it needs
   */
  public static String of(String name, SequencedMap<String, List<String>> needs) {
    StringBuilder text = new StringBuilder("digraph ").append(quoted(name)).append(" {\n");
    text.append("  rankdir=LR;\n  node [shape=box];\n");
    needs.keySet().forEach(step -> text.append("  ").append(quoted(step)).append(";\n"));
    needs.forEach(
        (step, needed) ->
            needed.forEach(
                it ->
                    text.append("  ")
                        .append(quoted(it))
                        .append(" -> ")
                        .append(quoted(step))
                        .append(";\n")));
    return text.append("}\n").toString();
  }

  /** Graphviz knows escapes in labels: a backslash stands for itself only if doubled. */
  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replaceAll("\\R", "\\\\n") + '"';
  }
}
