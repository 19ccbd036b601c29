package io.dioptra.worker.engine;

import io.dioptra.worker.task.ArtifactLoad;
import io.dioptra.worker.task.ArtifactModule;
import io.dioptra.worker.task.ArtifactSave;
import io.dioptra.worker.task.Outputs;
import io.dioptra.worker.task.TaskCall;
import io.dioptra.worker.task.TaskFailure;
import io.dioptra.worker.task.TaskResult;
import io.dioptra.worker.task.TaskRunner;
import io.dioptra.worker.task.Value;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/** Does every request without doing anything, and remembers it. */
final class RecordingRunner implements TaskRunner {
  final List<SequencedMap<String, Value>> bound = new ArrayList<>();
  final List<TaskCall> calls = new ArrayList<>();
  final List<ArtifactSave> saves = new ArrayList<>();
  private final Map<String, TaskFailure> failures = new HashMap<>();
  private final Map<String, List<String>> outputs = new HashMap<>();

  /** Lets the step or artifact of this name fail; {@code ""} is the binding of parameters. */
  RecordingRunner failing(String name, TaskFailure failure) {
    failures.put(name, failure);
    return this;
  }

  /** Lets a step return less than its task declares. */
  RecordingRunner returning(String step, String... names) {
    outputs.put(step, List.of(names));
    return this;
  }

  @Override
  public TaskResult<List<String>> bind(SequencedMap<String, Value> parameters) {
    bound.add(new LinkedHashMap<>(parameters));
    return result("", List.copyOf(parameters.sequencedKeySet()));
  }

  @Override
  public TaskResult<List<String>> call(TaskCall call) {
    calls.add(call);
    List<String> declared =
        switch (call.outputs()) {
          case Outputs.None _ -> List.of();
          case Outputs.One(var name) -> List.of(name);
          case Outputs.Each(var names) -> names;
        };
    return result(call.step(), outputs.getOrDefault(call.step(), declared));
  }

  @Override
  public TaskResult<Path> save(ArtifactSave save) {
    saves.add(save);
    return result(save.name(), Path.of("/job", save.name()));
  }

  @Override
  public TaskResult<SequencedMap<String, Value>> describe(List<ArtifactModule> modules) {
    throw new UnsupportedOperationException("a walk describes nothing");
  }

  @Override
  public TaskResult<List<String>> load(ArtifactLoad load) {
    throw new UnsupportedOperationException("a walk loads nothing");
  }

  private <T> TaskResult<T> result(String name, T value) {
    TaskFailure failure = failures.get(name);
    return failure == null ? new TaskResult.Done<>(value) : new TaskResult.Failed<>(failure);
  }
}
