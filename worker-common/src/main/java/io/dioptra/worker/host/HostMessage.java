package io.dioptra.worker.host;

import io.dioptra.worker.frame.ProtocolException;
import io.dioptra.worker.task.LogLine;
import io.dioptra.worker.task.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import tools.jackson.databind.JsonNode;

/** What a template or a host says. */
sealed interface HostMessage {
  record Hello(int protocol, String role, String token, long pid) implements HostMessage {}

  /** A template begins to import a module. */
  record Importing(String module) implements HostMessage {}

  /**
   * A template has imported all it should.
   *
   * @param reason why it cannot be forked, empty where it can
   * @param culprit the module since which it cannot
   */
  record Ready(
      List<Imported> imports,
      List<Missing> missing,
      boolean forkable,
      String reason,
      String culprit)
      implements HostMessage {
    public Ready {
      imports = List.copyOf(imports);
      missing = List.copyOf(missing);
    }
  }

  record Imported(String module, double seconds) {}

  record Missing(String module, String error) {}

  /** A request was done; {@code body} holds what the answer carries. */
  record Done(long id, JsonNode body) implements HostMessage {}

  record Failed(long id, String kind, String exception, String message, String traceback)
      implements HostMessage {}

  record Ended(long pid, HostExit exit) implements HostMessage {}

  record Log(LogLine line) implements HostMessage {}

  /**
   * A host wants to call tasks of the JVM.
   *
   * @param lost whether it had one, and wants to know how that ended
   */
  record Want(long id, boolean lost) implements HostMessage {}

  static HostMessage parse(JsonNode frame) throws ProtocolException {
    String type = frame.path("type").asString("");
    return switch (type) {
      case "hello" ->
          new Hello(
              frame.path("protocol").asInt(0),
              text(frame, "role"),
              text(frame, "token"),
              frame.path("pid").asLong(0));
      case "importing" -> new Importing(text(frame, "module"));
      case "ready" -> ready(frame);
      case "done" -> new Done(frame.path("id").asLong(0), frame);
      case "failed" ->
          new Failed(
              frame.path("id").asLong(0),
              text(frame, "kind"),
              text(frame, "exception"),
              text(frame, "message"),
              text(frame, "traceback"));
      case "ended" ->
          new Ended(
              frame.path("pid").asLong(0),
              HostExit.of(
                  number(frame, "status"),
                  number(frame, "signal"),
                  Duration.ofMillis(Math.round(1000 * frame.path("cpu").asDouble(0)))));
      case "log" -> new Log(line(frame));
      case "want" -> want(frame);
      default -> throw new ProtocolException("a message of unknown type \"" + type + "\"");
    };
  }

  private static Want want(JsonNode frame) throws ProtocolException {
    String host = text(frame, "host");
    if (!host.equals("jvm")) {
      throw new ProtocolException("there is no host \"" + host + "\"");
    }
    return new Want(frame.path("id").asLong(0), frame.path("lost").asBoolean(false));
  }

  private static Ready ready(JsonNode frame) {
    List<Missing> missing = new ArrayList<>();
    for (JsonNode each : frame.path("missing")) {
      missing.add(new Missing(text(each, "module"), text(each, "error")));
    }
    return new Ready(
        imports(frame),
        missing,
        frame.path("forkable").asBoolean(false),
        text(frame, "reason"),
        text(frame, "culprit"));
  }

  /** The member {@code imports} of {@code ready}, or of the answer to {@code finish}. */
  static List<Imported> imports(JsonNode frame) {
    List<Imported> imports = new ArrayList<>();
    for (JsonNode each : frame.path("imports")) {
      imports.add(new Imported(text(each, "module"), each.path("seconds").asDouble(0)));
    }
    return imports;
  }

  private static LogLine line(JsonNode frame) throws ProtocolException {
    long micros = Math.round(frame.path("time").asDouble(0) * 1e6);
    try {
      return new LogLine(
          Instant.EPOCH.plusNanos(Math.multiplyExact(micros, 1000L)),
          Severity.valueOf(text(frame, "severity")),
          text(frame, "logger"),
          text(frame, "event"),
          text(frame, "fields"),
          text(frame, "details"));
    } catch (IllegalArgumentException e) {
      throw new ProtocolException("a log line with severity " + frame.path("severity"));
    }
  }

  private static String text(JsonNode node, String member) {
    return node.path(member).asString("");
  }

  private static OptionalInt number(JsonNode node, String member) {
    JsonNode value = node.path(member);
    return value.isInt() ? OptionalInt.of(value.intValue()) : OptionalInt.empty();
  }
}
