package io.dioptra.worker.engine;

import io.dioptra.worker.task.Value;
import java.lang.management.ManagementFactory;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/** Configurations that somebody may send who means no good, or whose program has run wild. */
final class HostileConfigurations {
  private static final int MANY = 100_000;
  private static final String MEGABYTE = "n".repeat(1_000_000);

  /** By what they are. */
  static final Map<String, Supplier<Configurations>> ALL = all();

  private HostileConfigurations() {}

  private static Map<String, Supplier<Configurations>> all() {
    SequencedMap<String, Supplier<Configurations>> all = new LinkedHashMap<>();
    all.put("deep arguments", () -> graph("s", object("one", nested(10_000))));
    all.put("deep parameter", () -> with("parameters", object("p", nested(10_000))));
    all.put("deep type", () -> with("types", object("t", nested(10_000))));
    all.put("long name of a step", () -> graph(MEGABYTE, wrong(1000)));
    all.put("long name of a task", () -> graph("s", object(MEGABYTE, Value.Int.of(1))));
    all.put("long name of a type", () -> with("types", object(MEGABYTE, new Value.Null())));
    all.put("long name of an input", HostileConfigurations::longInput);
    all.put("long reference", () -> graph("s", object("one", text("$" + MEGABYTE))));
    all.put("long text", () -> graph("s", object("one", text(MEGABYTE))));
    all.put("chain", () -> with("graph", steps(10_000, step -> text("$s" + (step - 1)))));
    all.put("cycle", () -> with("graph", steps(10_000, step -> text("$s" + (step + 1) % 10_000))));
    all.put("wide", () -> with("graph", steps(2, step -> nCopies(MANY, step == 0 ? "x" : "$s0"))));
    all.put("wide and wrong", () -> graph("s".repeat(1000), wrong(MANY)));
    all.put("wide and of wrong types", HostileConfigurations::wrongTypes);
    all.put("wide and deep", HostileConfigurations::wideAndDeep);
    all.put("types that double", HostileConfigurations::doubling);
    all.put("long chain of types", () -> with("types", chain(10_000, true)));
    all.put("long chain of super-types", () -> with("types", chain(10_000, false)));
    all.put("union of thousands", HostileConfigurations::union);
    all.put("costly pattern", () -> artifact("{pattern: '^(.*a){20}b'}", "a".repeat(60)));
    all.put(
        "pattern that needs stack", () -> artifact("{pattern: '^(a|b)*$'}", "ab".repeat(50_000)));
    all.put("endless schema", () -> artifact("{'$ref': '#/properties/x'}", "a"));
    all.put("schema from elsewhere", () -> artifact("{'$ref': 'http://127.0.0.1:1/'}", "a"));
    return Collections.unmodifiableMap(all);
  }

  private static Configurations longInput() {
    Value.Members input = object(MEGABYTE, text("any"));
    SequencedMap<String, Value> task = new LinkedHashMap<>();
    task.put("plugin", text("a.b"));
    task.put("inputs", Value.items(input));
    return with("graph", steps(1000, _ -> Value.items()))
        .with("tasks", object("one", new Value.Members(task)));
  }

  /** Thousands of arguments, of each of which a long type does not fit. */
  private static Configurations wrongTypes() {
    return doubling()
        .with("graph", steps(20_000, _ -> text("$p")))
        .with("tasks", Json.value("{one: {plugin: 'a.b', inputs: [{v: 'integer'}]}}"));
  }

  private static Configurations wideAndDeep() {
    Value value = text("$nowhere");
    for (int level = 0; level < 490; level++) {
      value = level % 50 == 0 ? Value.items(value, value) : Value.items(value);
    }
    return graph("s", object("one", Value.items(value, nCopies(MANY, "$p"))));
  }

  private static Configurations doubling() {
    SequencedMap<String, Value> types = new LinkedHashMap<>();
    types.put("t0", new Value.Null());
    for (int level = 1; level <= 60; level++) {
      types.put("t" + level, Json.value("{tuple: ['t%d', 't%d']}".formatted(level - 1, level - 1)));
    }
    return graph("s", object("two", text("$p")))
        .with("types", new Value.Members(types))
        .with("parameters", Json.value("{p: {type: 't60'}}"));
  }

  private static Configurations union() {
    SequencedMap<String, Value> types = new LinkedHashMap<>();
    for (int number = 0; number < 3000; number++) {
      types.put("t" + number, new Value.Null());
    }
    Value members = new Value.Items(types.keySet().stream().<Value>map(Value.Text::new).toList());
    types.put("u", object("union", members));
    types.put("l", Json.value("{list: {union: ['u', 'integer']}}"));
    return graph("s", object("t", Value.items(text("$p"))))
        .with("types", new Value.Members(types))
        .with("parameters", Json.value("{p: {type: 'l'}}"))
        .with("tasks", Json.value("{t: {plugin: 'a.b', inputs: [{v: 'string'}]}}"));
  }

  private static Value chain(int count, boolean lists) {
    SequencedMap<String, Value> types = new LinkedHashMap<>();
    types.put("t0", new Value.Null());
    for (int number = 1; number < count; number++) {
      types.put("t" + number, object(lists ? "list" : "is_a", text("t" + (number - 1))));
    }
    return new Value.Members(types);
  }

  private static Configurations artifact(String schema, String argument) {
    return Configurations.valid()
        .withArtifactTask("X", "{x: %s}".formatted(schema))
        .with(
            "artifact_outputs",
            Json.value(
                "{o: {contents: 'x', task: {name: 'X', args: {x: '%s'}}}}".formatted(argument)));
  }

  private static Value wrong(int references) {
    return object("one", Value.items(nCopies(references, "$nowhere")));
  }

  private static Value nCopies(int count, String text) {
    return new Value.Items(List.copyOf(Collections.nCopies(count, text(text))));
  }

  private static Value steps(int count, IntFunction<Value> argument) {
    SequencedMap<String, Value> steps = new LinkedHashMap<>();
    for (int step = 0; step < count; step++) {
      Value given = argument.apply(step);
      Value arguments = given.equals(text("$s-1")) ? Value.Int.of(0) : given;
      steps.put(
          "s" + step,
          object("one", arguments instanceof Value.Items ? Value.items(arguments) : arguments));
    }
    return new Value.Members(steps);
  }

  private static Value nested(int levels) {
    Value value = Value.Int.of(1);
    for (int level = 0; level < levels; level++) {
      value = Value.items(value);
    }
    return value;
  }

  private static Configurations graph(String step, Value body) {
    return with("graph", object(step, body));
  }

  private static Configurations with(String section, Value value) {
    return Configurations.valid().with(section, value);
  }

  private static Value text(String text) {
    return new Value.Text(text);
  }

  private static Value.Members object(String name, Value value) {
    SequencedMap<String, Value> members = new LinkedHashMap<>();
    members.put(name, value);
    return new Value.Members(members);
  }

  /** Checks each, and prints what it is, the milliseconds of processor time and the first issue. */
  public static void main(String[] args) {
    var threads = ManagementFactory.getThreadMXBean();
    Configurations.valid().check();
    ALL.forEach(
        (name, supplier) -> {
          Configurations configuration = supplier.get();
          long begin = threads.getCurrentThreadCpuTime();
          List<Issue> issues = configuration.found();
          long end = threads.getCurrentThreadCpuTime();
          String first = issues.isEmpty() ? "valid" : issues.getFirst().toString();
          System.out.printf(
              "%s|%d|%.200s%n", name, (end - begin) / 1_000_000, first.replace("\n", " "));
        });
  }
}
