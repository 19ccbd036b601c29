package io.dioptra.worker.differential;

import io.dioptra.worker.task.JsonText;
import io.dioptra.worker.task.Value;
import io.dioptra.worker.testing.DioptraApiVersion;
import java.util.List;
import java.util.SequencedMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One question to both engines.
 *
 * @param name how to get it again
 * @param version whose rules count
 * @param site which artifact tasks are registered, an index in {@link Sites}
 * @param parameters delivered with the job
 */
record Case(
    String name,
    DioptraApiVersion version,
    int site,
    ObjectNode configuration,
    ObjectNode parameters,
    List<Input> inputs) {

  /**
   * An input artifact.
   *
   * @param file says which value is in it
   * @param outputs what its artifact task declares
   */
  record Input(String name, String file, List<String> outputs) {}

  Case with(ObjectNode otherConfiguration) {
    return new Case(name, version, site, otherConfiguration, parameters, inputs);
  }

  Value.Members members() {
    return new Value.Members(Trees.members(configuration));
  }

  SequencedMap<String, Value> delivered() {
    return Trees.members(parameters);
  }

  /** The line that Dioptra's engine is sent. */
  String line() {
    ObjectNode line = Trees.NODES.objectNode();
    line.put("site", site);
    line.set("configuration", configuration);
    line.set("parameters", parameters);
    ObjectNode artifacts = line.putObject("artifacts");
    inputs.forEach(input -> artifacts.set(input.name(), described(input)));
    return json(line);
  }

  /** The JSON text of a document, in one line. */
  static String json(JsonNode document) {
    return JsonText.of(Trees.value(document)).replaceAll("\n *", " ");
  }

  private static ObjectNode described(Input input) {
    ObjectNode artifact = Trees.NODES.objectNode();
    artifact.put("artifact_id", 1).put("artifact_snapshot_id", 2);
    artifact.put("artifact_uri", "file:///store/" + input.file());
    ObjectNode task = artifact.putObject("artifact_task");
    task.put("plugin_id", 1).put("plugin_snapshot_id", 2);
    task.put("task_name", "Reader").put("file_name", "artifacts.py");
    ArrayNode outputs = task.putArray("outputs");
    input.outputs().forEach(name -> outputs.add(Trees.object("name", Trees.text(name))));
    return artifact;
  }

  @Override
  public String toString() {
    return "%s, %s, artifact tasks %s%nconfiguration: %s%nparameters: %s%ninputs: %s"
        .formatted(
            name, version, Sites.ALL.get(site), json(configuration), json(parameters), inputs);
  }
}
