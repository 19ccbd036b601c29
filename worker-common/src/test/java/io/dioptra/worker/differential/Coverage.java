package io.dioptra.worker.differential;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Counts how often Dioptra's engine has said each of its messages, so that a generator that no
 * longer makes some kind of mistake is noticed. For one thread.
 *
 * <p>Left out is what cannot be said: keys that are no texts (JSON has none), and errors of the run
 * that the validation forestalls: {@code Task plugin not found}, {@code Step is missing a task
 * plugin name}, {@code Step not found}, {@code A task plugin must be a dot-delimited string …}.
 */
final class Coverage {
  private static final List<String> MESSAGES =
      List.of(
          // 1
          "In root level of experiment description: ",
          "In types section: ",
          "In definition of type \".*\"( at location .*)?: ",
          "In global parameters section: ",
          "In parameter \".*\": ",
          "In tasks section: ",
          "In task plugin \".*\": ",
          "In task plugin \".*\" outputs: ",
          "In task plugin \".*\" inputs: ",
          "In task plugin \".*\" plugin ID: ",
          "In graph section: ",
          "In step \".*\":\\s+Must be exactly one of: ",
          "In experiment description location /artifact_outputs",
          "In experiment description location /artifact_inputs",
          "Must be exactly one of: .*; all alternatives failed validation",
          // swaps
          "Duplicate swap name '.*' found in task graph \\(appears \\d times\\)",
          "Step '.*' contains multiple swaps \\(.*\\)",
          "Swap '.*' requires exactly one selected choice",
          "Swap '.*' task '.*' has \\d outputs; its interface requires \\d",
          // a made-up name, shown in the user's words
          "\\(step '.*', swap '.*', choice '.*'\\)",
          // 2
          "Type names names must be non-empty/whitespace",
          "Global parameter names names must be non-empty/whitespace",
          "Task short names names must be non-empty/whitespace",
          "Graph step names names must be non-empty/whitespace",
          // 3
          "Parameter name \".*\" contains a dot",
          "Step name \".*\" contains a dot",
          // 4
          "some input names are repeated: ",
          "some output names are repeated: ",
          "In task \".*\": input \".*\" has undefined type: ",
          "In task \".*\": output \".*\" has undefined type: ",
          // 5
          "plugin ID requires at least one",
          "all plugin module components must be of non-zero length",
          // 6
          "A positional/keyword short form step definition must be",
          // 7
          "Some parameters and steps have the same name: ",
          // 8
          "unrecognized task plugin: ",
          // 9
          "there are more positional args given than task parameters: ",
          "keyword arg does not correspond to a task parameter: ",
          "is assigned a value both as a keyword arg and positional arg #",
          "required task parameter is not assigned a value: ",
          // 10
          "In step \".*\": unresolvable reference: ",
          "In step \".*\": reference \".*\": referenced step produces no output",
          "In step \".*\": reference \".*\": an output name must be given if the task plugin",
          "In step \".*\": reference \".*\": unrecognized output: ",
          "In step \".*\": reference \".*\": references to parameters may not include an output",
          "In step \".*\": reference \".*\": an output name must be given if the artifact task",
          "In step \".*\": reference \".*\" unrecognized artifact output: ",
          // 11
          "unrecognized dependency step\\(s\\): ",
          // 12
          "In artifact output \".*\": unresolvable reference: ",
          "In artifact output \".*\": reference \".*\": referenced step produces no output",
          "In artifact output \".*\": reference \".*\": an output name must be given if the task",
          "In artifact output \".*\": reference \".*\": unrecognized output: ",
          "In artifact output \".*\": reference \".*\": references to parameters may not include",
          "In artifact output \".*\": reference \".*\": an output name must be given if the"
              + " artifact",
          "In artifact output \".*\": reference \".*\" unrecognized artifact output: ",
          // 13
          "Step cycle detected: ",
          // 14
          "In global parameter \".*\": undefined type: ",
          "For artifact \".*\": output \".*\" has undefined type: ",
          // 15
          "In definition of type \".*\": reference to undefined type: ",
          "In definition of type \".*\": Type not found: ",
          "Type reference cycle detected: ",
          // 16
          "default value .* is incompatible with its declared type: ",
          "Super-types must be simple: ",
          "Redefinition of builtin types not allowed: ",
          "Invalid key type; require string or integer: ",
          "simple types can't be anonymous",
          // 17
          "in step \".*\": in positional parameter #\\d: Inferred .* Found .*; expected ",
          "in step \".*\": in keyword argument \".*\": Inferred .* Found .*; expected ",
          // 18
          "semantic.warning: In definition of type \".*\": duplicate member types encountered: ",
          // the run
          "error: Missing values for global parameters: ",
          "log: .*Some global parameters were unused: ",
          "error: In step \".*\": Unresolvable reference: ",
          "error: (In step \".*\": )?Unrecognized output of step \".*\": ",
          "error: (In step \".*\": )?Unrecognized output of artifact parameter \".*\": ",
          "error: (In step \".*\": )?An output name is required when referring to a step with more",
          "error: In step \".*\": Task output was defined using a list, but .* not return an"
              + " iterable",
          "error: In step \"artifacts\\..*\": Task output was defined using a list",
          "log: .*Different numbers of outputs and output definitions for step \".*\": \\d != \\d",
          "log: .*Different numbers of outputs and expected outputs for artifact parameter",
          "error: unreadable",
          "error: no room for ",
          "error: Could not find any function named",
          "error: Plugin 'nope' not found in 'plug'",
          "error: Package 'nope' does not exist");

  private final Map<String, Pattern> patterns = new LinkedHashMap<>();
  private final Map<String, Integer> counts = new LinkedHashMap<>();
  private final Map<KnownDifference, Integer> known = new LinkedHashMap<>();
  private int valid;
  private int finished;

  Coverage() {
    for (String message : MESSAGES) {
      patterns.put(message, Pattern.compile(message, Pattern.DOTALL));
      counts.put(message, 0);
    }
    for (KnownDifference difference : KnownDifference.values()) {
      known.put(difference, 0);
    }
  }

  void add(Answer theirs, Comparison comparison) {
    StringBuilder said = new StringBuilder();
    theirs.schema().forEach(it -> said.append(it).append('\n'));
    theirs.issues().forEach(it -> said.append(it).append('\n'));
    theirs.refused().ifPresent(it -> said.append(it.message()).append('\n'));
    theirs.log().forEach(it -> said.append("log: ").append(it).append('\n'));
    theirs.error().ifPresent(it -> said.append("error: ").append(it.message()));
    patterns.forEach(
        (message, pattern) -> {
          if (pattern.matcher(said).find()) {
            counts.merge(message, 1, Integer::sum);
          }
        });
    comparison.known().forEach(it -> known.merge(it, 1, Integer::sum));
    if (!theirs.order().isEmpty()) {
      valid++;
      finished += theirs.error().isEmpty() ? 1 : 0;
    }
  }

  /** What was met less often. */
  List<String> below(int bound) {
    return Stream.concat(counts.entrySet().stream(), known.entrySet().stream())
        .filter(it -> it.getValue() < bound)
        .map(it -> it.getValue() + " × " + it.getKey())
        .toList();
  }

  /** How many configurations were valid. */
  int valid() {
    return valid;
  }

  /** In one line. */
  String summary() {
    return "%d were valid, %d of them ran to their end".formatted(valid, finished);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    text.append(summary()).append('\n');
    counts.forEach((message, count) -> text.append("%7d  %s%n".formatted(count, message)));
    known.forEach((difference, count) -> text.append("%7d  %s%n".formatted(count, difference)));
    return text.toString();
  }
}
