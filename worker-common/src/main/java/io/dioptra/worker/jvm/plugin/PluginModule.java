package io.dioptra.worker.jvm.plugin;

import io.dioptra.worker.jvm.Output;
import io.dioptra.worker.jvm.catalog.Library;
import io.dioptra.worker.jvm.catalog.TaskInput;
import io.dioptra.worker.jvm.catalog.TaskMethod;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/** The Python module whose functions stand for the tasks of a library, in ruff's format. */
record PluginModule(Library library) {
  static final String FILE = "tasks.py";

  /** Stands in each. */
  static final String MARK = "Written by dioptra-worker-v1 tasks;";

  private static final int WIDTH = 100;
  private static final Map<String, String> CONSTANTS = Map.of("true", "True", "false", "False");

  String text() {
    StringBuilder text = new StringBuilder();
    String first =
        "Stands for the JVM tasks of the library \"%s\": %s"
            .formatted(library.name(), sentence(library.description()));
    text.append("\"\"\"").append(Words.behind(3, escaped(first), "", WIDTH)).append("\n\n");
    text.append(MARK).append(" a worker runs the tasks with their jar mounted.\n\"\"\"\n");
    text.append("\nfrom typing import Any\n\nfrom dioptra import pyplugs\n");
    text.append("\ntry:\n    from dioptra_task_host import jvm\nexcept ImportError:\n");
    text.append("    raise ImportError(\n").append(refusal()).append("    ) from None\n");
    library.tasks().forEach(it -> append(it, text));
    return text.toString();
  }

  /** What a job sees on a worker that is not ours. */
  private String refusal() {
    String words =
        ("The tasks of \"%s\" run on the JVM, which this worker has not: submit the job to a queue"
                + " that is served by an image of the Java worker, dioptra/worker-*, with their"
                + " jar.")
            .formatted(library.name());
    StringBuilder literal = new StringBuilder();
    List<String> lines = Words.wrapped(words, "", WIDTH - 11).lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i) + (i < lines.size() - 1 ? " " : "");
      String quote = line.contains("\"") ? "'" : "\"";
      literal.append("        ").append(quote).append(line).append(quote).append('\n');
    }
    return literal.toString();
  }

  private void append(TaskMethod task, StringBuilder text) {
    boolean gives = !task.outputs().isEmpty();
    List<String> parameters = task.inputs().stream().map(PluginModule::parameter).toList();
    text.append("\n\n@pyplugs.register\n");
    text.append(
        bracketed(
            "def " + task.shortName(), parameters, " -> " + (gives ? "Any" : "None") + ":", ""));
    appendDocstring(task, text);
    List<String> call = new ArrayList<>();
    call.add("\"" + task.name() + "\"");
    task.inputs().forEach(it -> call.add(it.name()));
    text.append(bracketed((gives ? "return " : "") + "jvm.call", call, "", "    "));
  }

  private static void appendDocstring(TaskMethod task, StringBuilder text) {
    String first = Words.behind(7, escaped(task.description()), "    ", WIDTH);
    text.append("    \"\"\"").append(first);
    SequencedMap<String, String> inputs = new LinkedHashMap<>();
    task.inputs().forEach(it -> inputs.put(it.name(), it.input().description()));
    SequencedMap<String, String> outputs = new LinkedHashMap<>();
    for (Output output : task.outputs()) {
      outputs.put(output.name(), output.description());
    }
    String sections = section("Args", inputs) + section("Returns", outputs);
    if (!sections.isEmpty()) {
      text.append('\n').append(sections).append("    ");
    } else if (first.contains("\n")) {
      text.append("\n    ");
    }
    text.append("\"\"\"\n");
  }

  private static String section(String title, SequencedMap<String, String> described) {
    StringBuilder text = new StringBuilder();
    described.forEach(
        (name, description) -> {
          if (!description.isEmpty()) {
            String item = escaped(name + ": " + description);
            text.append("        ").append(Words.behind(8, item, " ".repeat(12), WIDTH));
            text.append('\n');
          }
        });
    return text.isEmpty() ? "" : "\n    " + title + ":\n" + text;
  }

  private static String escaped(String text) {
    return text.replace("\\", "\\\\").replace("\"\"\"", "\\\"\\\"\\\"");
  }

  private static String sentence(String text) {
    String stripped = text.strip();
    return stripped.endsWith(".") ? stripped : stripped + ".";
  }

  private static String parameter(TaskInput input) {
    if (input.isRequired()) {
      return input.name() + ": Any";
    }
    String json = input.input().defaultValue();
    String value = json.isEmpty() ? "None" : CONSTANTS.getOrDefault(json.strip(), json.strip());
    return input.name() + ": Any = " + value;
  }

  /** Items in round brackets: in one line if it is not too long, else in more. */
  private static String bracketed(String before, List<String> items, String after, String indent) {
    String joined = String.join(", ", items);
    String line = indent + before + "(" + joined + ")" + after + "\n";
    if (line.length() <= WIDTH + 1) {
      return line;
    }
    String inner = indent + "    ";
    String body =
        inner.length() + joined.length() <= WIDTH
            ? inner + joined + "\n"
            : inner + String.join(",\n" + inner, items) + ",\n";
    return indent + before + "(\n" + body + indent + ")" + after + "\n";
  }
}
