package io.dioptra.worker.engine;

import io.dioptra.worker.engine.type.Type;
import io.dioptra.worker.engine.type.TypeFit;
import io.dioptra.worker.task.PythonText;
import io.dioptra.worker.task.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;

/** Whether defaults and arguments have the types that are declared. Needs all names to be right. */
final class TypeChecks {
  private final Configuration configuration;
  private final TypeRegistry types;
  private final TypeFit fit;
  private final Map<String, Type> parameters = new HashMap<>();
  private final List<Issue> issues = new ArrayList<>();

  private TypeChecks(Configuration configuration, TypeRegistry types) {
    this.configuration = configuration;
    this.types = types;
    this.fit = new TypeFit(types.builtin("any"), types.builtin("string"));
  }

  /** Defaults, then arguments where the defaults are right, then warnings about unions. */
  static List<Issue> check(Configuration configuration) {
    try {
      List<String> order =
          switch (TypeNames.order(configuration)) {
            case Ordering.Result.Sorted(var names) -> names;
            case Ordering.Result.Cycle(var names) ->
                throw new GraphException("Type reference cycle: " + names);
          };
      TypeRegistry types = TypeRegistry.of(configuration.types(), order);
      return new TypeChecks(configuration, types).check();
    } catch (GraphException e) {
      return List.of(Issue.type(e.reason()));
    }
  }

  private List<Issue> check() throws GraphException {
    for (var parameter : configuration.parameters().entrySet()) {
      parameter(parameter.getKey(), parameter.getValue());
    }
    if (issues.isEmpty()) {
      arguments();
    }
    for (var definition : configuration.types().entrySet()) {
      union(definition.getKey(), definition.getValue());
    }
    return issues;
  }

  private void parameter(String name, ParameterDefinition parameter) throws GraphException {
    TypeInference literal = new TypeInference(types, Optional.empty());
    Value fallback = parameter.fallback().orElse(new Value.Null());
    Type declared =
        parameter.type().isPresent() ? types.get(parameter.type().get()) : literal.of(fallback);
    parameters.put(name, declared);
    if (parameter.fallback().isPresent() && !fit.fits(literal.of(fallback), declared)) {
      issues.add(
          Issue.type(
              "In global parameter \"%s\": default value %s is incompatible with its declared type: %s"
                  .formatted(name, PythonText.repr(fallback), declared)));
    }
  }

  private void arguments() throws GraphException {
    TypeInference inference =
        new TypeInference(
            types, Optional.of(new ReferredTypes(configuration, types, parameters)::of));
    for (Step step : configuration.steps().values()) {
      try {
        arguments(step, inference);
      } catch (GraphException e) {
        issues.add(Issue.type("in step \"%s\": %s".formatted(step.name(), e.reason())));
      }
    }
  }

  private void arguments(Step step, TypeInference inference) throws GraphException {
    TaskDefinition task =
        Optional.ofNullable(configuration.tasks().get(step.invocation().task())).orElseThrow();
    SequencedMap<String, TaskInput> inputs = task.inputsByName();
    int position = 0;
    for (TaskInput input : inputs.values()) {
      if (position < step.invocation().args().size()) {
        Type given = inference.of(step.invocation().args().get(position));
        argument(step, "positional parameter #" + (position + 1), given, input);
      }
      position++;
    }
    for (Map.Entry<String, Value> keyword : step.invocation().kwargs().entrySet()) {
      TaskInput input = Optional.ofNullable(inputs.get(keyword.getKey())).orElseThrow();
      Type given = inference.of(keyword.getValue());
      argument(step, "keyword argument \"%s\"".formatted(keyword.getKey()), given, input);
    }
  }

  private void argument(Step step, String where, Type given, TaskInput input)
      throws GraphException {
    Type wanted = types.get(input.type());
    if (!fit.fits(given, wanted)) {
      issues.add(
          Issue.type(
              ("in step \"%s\": in %s: Inferred invocation arg type and task plugin input type are"
                      + " incompatible. Found %s; expected %s")
                  .formatted(step.name(), where, given, wanted)));
    }
  }

  private void union(String name, Value definition) throws GraphException {
    Set<Type> seen = new HashSet<>();
    Set<String> repeated = new LinkedHashSet<>();
    for (Value member : Fields.of(definition).items("union")) {
      Type type = types.nested(member);
      if (!seen.add(type)) {
        repeated.add(type.toString());
      }
    }
    if (!repeated.isEmpty()) {
      issues.add(
          Issue.warning(
              "In definition of type \"%s\": duplicate member types encountered: %s"
                  .formatted(name, String.join(", ", repeated))));
    }
  }
}
