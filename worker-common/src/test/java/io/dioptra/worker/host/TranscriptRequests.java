package io.dioptra.worker.host;

import io.dioptra.worker.config.JobUser;
import io.dioptra.worker.frame.ProtocolException;
import io.dioptra.worker.task.ArtifactLoad;
import io.dioptra.worker.task.ArtifactModule;
import io.dioptra.worker.task.ArtifactSave;
import io.dioptra.worker.task.Outputs;
import io.dioptra.worker.task.TaskCall;
import io.dioptra.worker.task.Value;
import io.dioptra.worker.task.ValueHandle;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SequencedMap;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/** Reads the worker's side of a transcript back into requests; the worker itself only writes it. */
final class TranscriptRequests {
  private TranscriptRequests() {}

  static HostRequest read(JsonNode it) throws ProtocolException {
    return switch (text(it, "type")) {
      case "fork" -> new HostRequest.Fork(text(it, "token"), text(it, "socket"), program(it));
      case "kill" ->
          new HostRequest.Kill(
              it.get("pid").longValue(),
              Push.valueOf(it.get("how").stringValue().toUpperCase(Locale.ROOT)));
      case "prepare" -> new HostRequest.Prepare(setting(it));
      case "resume" -> new HostRequest.Resume(text(it, "run"));
      case "describe" -> new HostRequest.Describe(modules(it.get("modules")));
      case "bind" -> new HostRequest.Bind(pairs(it.get("parameters")));
      case "load" ->
          new HostRequest.Load(
              new ArtifactLoad(
                  text(it, "name"),
                  Path.of(text(it, "folder")),
                  text(it, "path"),
                  text(it, "package"),
                  text(it, "file"),
                  text(it, "task"),
                  outputs(it.get("outputs"))));
      case "call" ->
          new HostRequest.Call(
              new TaskCall(
                  text(it, "step"),
                  text(it, "plugin"),
                  values(it.get("args")),
                  pairs(it.get("kwargs")),
                  outputs(it.get("outputs")),
                  handles(it.get("drop"))));
      case "save" ->
          new HostRequest.Save(
              new ArtifactSave(
                  text(it, "name"),
                  value(it.get("contents")),
                  text(it, "task"),
                  pairs(it.get("arguments")),
                  handles(it.get("drop"))));
      case "finish" -> new HostRequest.Finish();
      case "stacks" -> new HostRequest.Stacks();
      default -> throw new ProtocolException("no request of ours: " + it);
    };
  }

  private static List<ValueHandle> handles(JsonNode it) throws ProtocolException {
    return values(it).stream().map(value -> ((Value.Reference) value).handle()).toList();
  }

  private static Optional<Program> program(JsonNode it) {
    if (!it.has("command")) {
      return Optional.empty();
    }
    Map<String, String> variables = new LinkedHashMap<>();
    it.get("variables").forEachEntry((name, value) -> variables.put(name, value.stringValue()));
    Optional<JobUser> user =
        Optional.ofNullable(it.get("user"))
            .map(who -> new JobUser(who.get(0).intValue(), who.get(1).intValue()));
    return Optional.of(new Program(names(it.get("command")), variables, user, openFiles(it)));
  }

  private static JobSetting setting(JsonNode it) {
    Map<String, Optional<String>> environment = new LinkedHashMap<>();
    it.get("environment")
        .forEachEntry(
            (name, value) ->
                environment.put(
                    name, value.isNull() ? Optional.empty() : Optional.of(value.stringValue())));
    return new JobSetting(
        Path.of(text(it, "folder")),
        Path.of(text(it, "plugins")),
        Path.of(text(it, "serialize")),
        Path.of(text(it, "deserialize")),
        environment,
        text(it, "level"),
        Optional.of(it.get("user"))
            .filter(JsonNode::isArray)
            .map(user -> new JobUser(user.get(0).intValue(), user.get(1).intValue())),
        openFiles(it));
  }

  private static OptionalInt openFiles(JsonNode it) {
    return it.path("open_files").isNumber()
        ? OptionalInt.of(it.get("open_files").intValue())
        : OptionalInt.empty();
  }

  private static List<ArtifactModule> modules(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false)
        .map(it -> new ArtifactModule(text(it, "plugin"), text(it, "file"), names(it.get("tasks"))))
        .toList();
  }

  private static Outputs outputs(JsonNode it) {
    if (it.isNull()) {
      return new Outputs.None();
    }
    return it.isString() ? new Outputs.One(it.stringValue()) : new Outputs.Each(names(it));
  }

  private static List<String> names(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false).map(JsonNode::stringValue).toList();
  }

  private static List<Value> values(JsonNode list) throws ProtocolException {
    List<Value> values = new ArrayList<>();
    for (JsonNode item : list) {
      values.add(value(item));
    }
    return values;
  }

  private static SequencedMap<String, Value> pairs(JsonNode list) throws ProtocolException {
    SequencedMap<String, Value> members = new LinkedHashMap<>();
    for (JsonNode pair : list) {
      members.put(pair.get(0).stringValue(), value(pair.get(1)));
    }
    return members;
  }

  private static Value value(JsonNode it) throws ProtocolException {
    if (it.isArray()) {
      return new Value.Items(values(it));
    }
    if (it.has("members")) {
      return new Value.Members(pairs(it.get("members")));
    }
    if (!it.has("ref")) {
      return ValueJson.decode(it);
    }
    JsonNode ref = it.get("ref");
    String origin = ref.get(0).stringValue().toUpperCase(Locale.ROOT);
    return new Value.Reference(
        new ValueHandle(
            ValueHandle.Origin.valueOf(origin),
            ref.get(1).stringValue(),
            ref.get(2).stringValue()));
  }

  private static String text(JsonNode it, String member) {
    return it.get(member).stringValue();
  }
}
