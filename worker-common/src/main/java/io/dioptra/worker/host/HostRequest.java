package io.dioptra.worker.host;

import io.dioptra.worker.task.ArtifactLoad;
import io.dioptra.worker.task.ArtifactModule;
import io.dioptra.worker.task.ArtifactSave;
import io.dioptra.worker.task.Outputs;
import io.dioptra.worker.task.TaskCall;
import io.dioptra.worker.task.Value;
import io.dioptra.worker.task.ValueHandle;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What the worker asks of a template or a host. */
sealed interface HostRequest {
  record Fork(String token, String socket, Optional<Program> program) implements HostRequest {}

  record Kill(long pid, Push how) implements HostRequest {}

  record Prepare(JobSetting setting) implements HostRequest {}

  record Resume(String run) implements HostRequest {}

  record Describe(List<ArtifactModule> modules) implements HostRequest {}

  record Bind(SequencedMap<String, Value> parameters) implements HostRequest {}

  record Load(ArtifactLoad load) implements HostRequest {}

  record Call(TaskCall call) implements HostRequest {}

  record Save(ArtifactSave save) implements HostRequest {}

  record Finish() implements HostRequest {}

  record Stacks() implements HostRequest {}

  /** The frame of this request. */
  default ObjectNode encode(long id) {
    ObjectNode frame = JsonNodeFactory.instance.objectNode();
    return switch (this) {
      case Fork(String token, String socket, var program) -> {
        frame.put("type", "fork").put("id", id).put("token", token).put("socket", socket);
        program.ifPresent(it -> encode(frame, it));
        yield frame;
      }
      case Kill(long pid, Push how) ->
          frame.put("type", "kill").put("id", id).put("pid", pid).put("how", how.word());
      case Prepare(JobSetting setting) ->
          setting.encode(frame.put("type", "prepare").put("id", id));
      case Resume(String run) -> frame.put("type", "resume").put("id", id).put("run", run);
      case Describe(var modules) ->
          frame.put("type", "describe").put("id", id).set("modules", modules(modules));
      case Bind(var parameters) ->
          frame.put("type", "bind").put("id", id).set("parameters", ValueJson.pairs(parameters));
      case Load(ArtifactLoad load) -> encode(frame.put("type", "load").put("id", id), load);
      case Call(TaskCall call) -> encode(frame.put("type", "call").put("id", id), call);
      case Save(ArtifactSave save) -> encode(frame.put("type", "save").put("id", id), save);
      case Finish() -> frame.put("type", "finish").put("id", id);
      case Stacks() -> frame.put("type", "stacks").put("id", id);
    };
  }

  private static void encode(ObjectNode frame, Program program) {
    ArrayNode command = frame.putArray("command");
    program.command().forEach(command::add);
    ObjectNode variables = frame.putObject("variables");
    program.variables().forEach(variables::put);
    program.user().ifPresent(it -> frame.putArray("user").add(it.user()).add(it.group()));
    program.openFiles().ifPresent(it -> frame.put("open_files", it));
  }

  private static ObjectNode encode(ObjectNode frame, ArtifactLoad load) {
    return frame
        .put("name", load.name())
        .put("folder", load.folder().toString())
        .put("path", load.path())
        .put("package", load.packageName())
        .put("file", load.file())
        .put("task", load.task())
        .set("outputs", outputs(load.outputs()));
  }

  private static ObjectNode encode(ObjectNode frame, TaskCall call) {
    return frame
        .put("step", call.step())
        .put("plugin", call.plugin())
        .set("args", values(call.arguments()))
        .set("kwargs", ValueJson.pairs(call.keywords()))
        .set("outputs", outputs(call.outputs()))
        .set("drop", handles(call.drop()));
  }

  private static ObjectNode encode(ObjectNode frame, ArtifactSave save) {
    return frame
        .put("name", save.name())
        .set("contents", ValueJson.encode(save.contents()))
        .put("task", save.task())
        .set("arguments", ValueJson.pairs(save.arguments()))
        .set("drop", handles(save.drop()));
  }

  private static ArrayNode handles(List<ValueHandle> handles) {
    return values(handles.stream().<Value>map(Value.Reference::new).toList());
  }

  private static ArrayNode values(List<Value> values) {
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    values.forEach(value -> list.add(ValueJson.encode(value)));
    return list;
  }

  private static ArrayNode modules(List<ArtifactModule> modules) {
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    for (ArtifactModule module : modules) {
      ObjectNode node = list.addObject().put("plugin", module.plugin()).put("file", module.file());
      ArrayNode tasks = node.putArray("tasks");
      module.tasks().forEach(tasks::add);
    }
    return list;
  }

  private static JsonNode outputs(Outputs outputs) {
    return switch (outputs) {
      case Outputs.None _ -> JsonNodeFactory.instance.nullNode();
      case Outputs.One(String name) -> JsonNodeFactory.instance.stringNode(name);
      case Outputs.Each(var names) -> {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        names.forEach(list::add);
        yield list;
      }
    };
  }
}
