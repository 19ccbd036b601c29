package io.dioptra.worker.engine;

import io.dioptra.worker.engine.type.Type;
import io.dioptra.worker.engine.type.TypeFit;
import io.dioptra.worker.task.PythonText;
import io.dioptra.worker.task.Value;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
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
  private final IssueList issues = new IssueList();

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
                throw new GraphException(
                    "Type reference cycle: " + names, Place.of("types", names.getFirst()));
          };
      TypeRegistry types = TypeRegistry.of(configuration.types(), order);
      return new TypeChecks(configuration, types).check();
    } catch (GraphException e) {
      return List.of(Issue.type(e.reason(), e.place()));
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
    return issues.all();
  }

  private void parameter(String name, ParameterDefinition parameter) throws GraphException {
    TypeInference literal = new TypeInference(types, Optional.empty());
    Value fallback = parameter.fallback().orElse(new Value.Null());
    Place place = Place.of("parameters", name);
    Type inferred = literal.of(fallback, place);
    Type declared =
        parameter.type().isPresent()
            ? types.get(parameter.type().get(), place.member("type"))
            : inferred;
    parameters.put(name, declared);
    if (parameter.fallback().isPresent() && !fit.fits(inferred, declared)) {
      issues.add(
          Issue.type(
              "In global parameter \"%s\": default value %s is incompatible with its declared type: %s"
                  .formatted(name, PythonText.repr(fallback), declared),
              place.member("default")));
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
        issues.add(Issue.type("in step \"%s\": %s".formatted(step.name(), e.reason()), e.place()));
      }
    }
  }

  private void arguments(Step step, TypeInference inference) throws GraphException {
    Invocation invocation = step.invocation();
    TaskDefinition task =
        Optional.ofNullable(configuration.tasks().get(invocation.task())).orElseThrow();
    SequencedMap<String, TaskInput> inputs = task.inputsByName();
    int position = 0;
    for (TaskInput input : inputs.values()) {
      if (position < invocation.args().size()) {
        Place place = invocation.placeOfArg(position);
        Type given = inference.of(invocation.args().get(position), place);
        argument(step, "positional parameter #" + (position + 1), given, input, place);
      }
      position++;
    }
    for (Map.Entry<String, Value> keyword : invocation.kwargs().entrySet()) {
      TaskInput input = Optional.ofNullable(inputs.get(keyword.getKey())).orElseThrow();
      Place place = invocation.kwargsPlace().member(keyword.getKey());
      Type given = inference.of(keyword.getValue(), place);
      argument(step, "keyword argument \"%s\"".formatted(keyword.getKey()), given, input, place);
    }
  }

  private void argument(Step step, String where, Type given, TaskInput input, Place place)
      throws GraphException {
    Type wanted = types.get(input.type(), input.typePlace());
    if (!fit.fits(given, wanted)) {
      issues.add(
          Issue.type(
              ("in step \"%s\": in %s: Inferred invocation arg type and task plugin input type are"
                      + " incompatible. Found %s; expected %s")
                  .formatted(step.name(), where, given, wanted),
              place));
    }
  }

  private void union(String name, Value definition) throws GraphException {
    Place place = Place.of("types", name, "union");
    Set<Type> seen = new HashSet<>();
    SequencedMap<String, Place> repeated = new LinkedHashMap<>();
    int index = 0;
    for (Value member : Fields.of(definition).items("union")) {
      Place here = place.item(index++);
      Type type = types.nested(member, here);
      if (!seen.add(type)) {
        repeated.putIfAbsent(type.toString(), here);
      }
    }
    if (!repeated.isEmpty()) {
      issues.add(
          Issue.warning(
              "In definition of type \"%s\": duplicate member types encountered: %s"
                  .formatted(name, String.join(", ", repeated.keySet())),
              repeated.firstEntry().getValue()));
    }
  }
}
