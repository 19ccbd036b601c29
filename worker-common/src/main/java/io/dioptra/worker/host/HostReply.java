package io.dioptra.worker.host;

import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What the worker answers to a host that asks for another one. */
sealed interface HostReply {
  /** Where that one listens. */
  record Granted(long id, String socket, String token) implements HostReply {}

  /**
   * Why there is none, or how the one that was lost has ended.
   *
   * @param memory whether that was because memory ran out
   */
  record Refused(long id, String message, boolean memory) implements HostReply {}

  default ObjectNode encode() {
    ObjectNode frame = JsonNodeFactory.instance.objectNode();
    return switch (this) {
      case Granted(long id, String socket, String token) ->
          frame.put("type", "granted").put("id", id).put("socket", socket).put("token", token);
      case Refused(long id, String message, boolean memory) ->
          frame.put("type", "refused").put("id", id).put("message", message).put("memory", memory);
    };
  }
}
