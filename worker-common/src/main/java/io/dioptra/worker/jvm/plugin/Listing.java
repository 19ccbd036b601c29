package io.dioptra.worker.jvm.plugin;

import io.dioptra.worker.jvm.Output;
import io.dioptra.worker.jvm.catalog.Library;
import io.dioptra.worker.jvm.catalog.TaskInput;
import io.dioptra.worker.jvm.catalog.TaskMethod;
import java.util.stream.Collectors;

/** A library for people to read. */
record Listing(Library library) {
  private static final int WIDTH = 80;

  String text() {
    StringBuilder text = new StringBuilder(library.name());
    text.append("  (").append(library.origin()).append(")\n");
    text.append(Words.wrapped(library.description(), "  ", WIDTH));
    library.tasks().forEach(it -> append(it, text));
    return text.append('\n').toString();
  }

  private static void append(TaskMethod task, StringBuilder text) {
    String inputs = task.inputs().stream().map(TaskInput::name).collect(Collectors.joining(", "));
    text.append("\n  ").append(task.name()).append('(').append(inputs).append(")\n");
    text.append(Words.wrapped(task.description(), "    ", WIDTH));
    for (TaskInput input : task.inputs()) {
      String must = input.isRequired() ? "" : ", not required";
      String standard = input.input().defaultValue();
      String line =
          "- %s: %s%s%s; %s"
              .formatted(
                  input.name(),
                  input.input().type(),
                  must,
                  standard.isEmpty() ? "" : " (" + standard + ")",
                  input.expected());
      text.append(Words.wrapped(described(line, input.input().description()), "      ", WIDTH));
    }
    for (Output output : task.outputs()) {
      String line = "> %s: %s".formatted(output.name(), output.type());
      text.append(Words.wrapped(described(line, output.description()), "      ", WIDTH));
    }
  }

  private static String described(String line, String description) {
    return description.isEmpty() ? line : line + "; " + description;
  }
}
