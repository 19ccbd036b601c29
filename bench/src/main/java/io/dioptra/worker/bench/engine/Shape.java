package io.dioptra.worker.bench.engine;

import io.dioptra.worker.task.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.IntFunction;

/** Graphs of any number of steps, each valid. */
enum Shape {
  /** Each step needs the one before. */
  CHAIN("chain") {
    @Override
    Value.Members graph(int steps) {
      return configuration(
          steps, step -> call("one", step == 0 ? number(0) : text("$s" + (step - 1))));
    }
  },

  /** All steps need the first. */
  FAN_OUT("fan-out") {
    @Override
    Value.Members graph(int steps) {
      return configuration(steps, step -> call("one", step == 0 ? number(0) : text("$s0")));
    }
  },

  /** The last step needs all others. */
  FAN_IN("fan-in") {
    @Override
    Value.Members graph(int steps) {
      return configuration(
          steps,
          step ->
              call(
                  "one",
                  step < steps - 1 ? number(0) : listOf(steps - 1, number -> text("$s" + number))));
    }
  },

  /** Each step has twenty arguments, nested, of which half are references. */
  WIDE("wide arguments") {
    @Override
    Value.Members graph(int steps) {
      return configuration(
          steps,
          step ->
              call(
                  "one",
                  listOf(
                      20,
                      argument ->
                          argument % 2 == 0 || step == 0
                              ? members("k", listOf(1, _ -> number(argument)))
                              : text("$s" + Math.max(0, step - argument)))));
    }
  },

  /** Each step has a task and a type of its own, which is a structure of the one before. */
  TYPES("many types") {
    @Override
    Value.Members graph(int steps) {
      Value.Members configuration = configuration(steps, step -> call("t" + step, number(step)));
      SequencedMap<String, Value> sections = new LinkedHashMap<>(configuration.values());
      sections.put(
          "types",
          named("n", steps, type -> members("tuple", listOf(2, part -> text(PARTS.get(part))))));
      sections.put("tasks", named("t", steps, task -> task("integer", "n" + task)));
      return new Value.Members(sections);
    }
  },

  /** Each step is a swap. */
  SWAPS("swaps") {
    @Override
    Value.Members graph(int steps) {
      return configuration(
          steps,
          step -> {
            SequencedMap<String, Value> swap = new LinkedHashMap<>();
            swap.put("?outputs", listOf(1, _ -> text("out")));
            swap.put("choice", call("one", step == 0 ? number(0) : text("$s" + (step - 1))));
            return members("?w" + step, new Value.Members(swap));
          });
    }
  };

  private static final List<String> PARTS = List.of("integer", "string");

  private final String words;

  Shape(String words) {
    this.words = words;
  }

  /** A configuration of so many steps. */
  abstract Value.Members graph(int steps);

  @Override
  public String toString() {
    return words;
  }

  private static Value.Members configuration(int steps, IntFunction<Value> step) {
    SequencedMap<String, Value> sections = new LinkedHashMap<>();
    sections.put("tasks", members("one", task("any", "any")));
    sections.put("graph", named("s", steps, step));
    return new Value.Members(sections);
  }

  private static Value task(String input, String output) {
    SequencedMap<String, Value> task = new LinkedHashMap<>();
    task.put("plugin", text("package.module.function"));
    task.put("inputs", listOf(1, _ -> members("value", text(input))));
    task.put("outputs", members("out", text(output)));
    return new Value.Members(task);
  }

  private static Value.Members named(String prefix, int count, IntFunction<Value> value) {
    SequencedMap<String, Value> members = new LinkedHashMap<>();
    for (int number = 0; number < count; number++) {
      members.put(prefix + number, value.apply(number));
    }
    return new Value.Members(members);
  }

  private static Value listOf(int count, IntFunction<Value> value) {
    List<Value> items = new ArrayList<>(count);
    for (int number = 0; number < count; number++) {
      items.add(value.apply(number));
    }
    return new Value.Items(items);
  }

  /** One argument, in a list. */
  private static Value call(String task, Value argument) {
    return members(task, listOf(1, _ -> argument));
  }

  private static Value.Members members(String name, Value value) {
    SequencedMap<String, Value> members = new LinkedHashMap<>();
    members.put(name, value);
    return new Value.Members(members);
  }

  private static Value text(String text) {
    return new Value.Text(text);
  }

  private static Value number(int number) {
    return Value.Int.of(number);
  }
}
