package io.dioptra.worker.differential;

import java.util.List;
import java.util.SequencedMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** One of the three forms in which a step can call its task. */
final class InvocationDraft {
  private final Dice dice;

  InvocationDraft(Dice dice) {
    this.dice = dice;
  }

  ObjectNode of(String task, List<JsonNode> positional, SequencedMap<String, JsonNode> keyword) {
    boolean isShort =
        !task.equals("task")
            && !task.equals("dependencies")
            && (positional.isEmpty() || keyword.isEmpty())
            && dice.below(3) > 0;
    if (!isShort) {
      return mixed(task, positional, keyword);
    }
    return Trees.object(
        task,
        positional.isEmpty() && (!keyword.isEmpty() || dice.oneIn(2))
            ? members(keyword)
            : listOrOne(positional));
  }

  private ObjectNode mixed(
      String task, List<JsonNode> positional, SequencedMap<String, JsonNode> keyword) {
    ObjectNode step = Trees.NODES.objectNode();
    boolean taskFirst = dice.below(3) > 0;
    if (taskFirst) {
      step.put("task", task);
    }
    if (!positional.isEmpty() || dice.oneIn(5)) {
      step.set("args", listOrOne(positional));
    }
    if (!keyword.isEmpty() || dice.oneIn(5)) {
      step.set("kwargs", members(keyword));
    }
    return taskFirst ? step : step.put("task", task);
  }

  /** An only argument may stand without its list, unless it would be taken for one, or for more. */
  private JsonNode listOrOne(List<JsonNode> positional) {
    return positional.size() == 1 && !positional.getFirst().isContainer() && dice.oneIn(2)
        ? positional.getFirst()
        : Trees.array(positional);
  }

  private static ObjectNode members(SequencedMap<String, JsonNode> keyword) {
    ObjectNode members = Trees.NODES.objectNode();
    keyword.forEach(members::set);
    return members;
  }
}
