package io.dioptra.worker.jvm.host;

import io.dioptra.worker.jvm.catalog.Catalog;
import io.dioptra.worker.jvm.catalog.NoSuchTaskException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The last word about a call. */
final class Answers {
  private static final List<String> OURS =
      List.of(Answers.class.getPackageName() + ".", Catalog.class.getPackageName() + ".");

  private Answers() {}

  static ObjectNode done(long id, JsonNode value) {
    return frame("done", id).set("value", value);
  }

  static ObjectNode failed(long id, Throwable error) {
    trim(error);
    ObjectNode frame = frame("failed", id);
    return switch (error) {
      case NoSuchTaskException _ -> told(frame, "not-found", error, words(error), "");
      case OutOfMemoryError _ ->
          told(
              frame,
              "raised",
              error,
              "the JVM's heap is full ("
                  + error.getMessage()
                  + "). The operator can give it more, for example DIOPTRA_WORKER_JVM_OPTS=-Xmx8g.",
              stack(error));
      default -> told(frame, "raised", error, words(error), stack(error));
    };
  }

  private static ObjectNode told(
      ObjectNode frame, String kind, Throwable error, String message, String stack) {
    return frame
        .put("kind", kind)
        .put("exception", error.getClass().getName())
        .put("message", message)
        .put("traceback", stack);
  }

  private static ObjectNode frame(String type, long id) {
    return JsonNodeFactory.instance.objectNode().put("type", type).put("id", id);
  }

  private static String words(Throwable error) {
    String message = error.getMessage();
    return message == null ? "" : message;
  }

  /** Leaves the frames from where the task was called. */
  private static void trim(Throwable error) {
    for (@Nullable Throwable each = error; each != null; each = each.getCause()) {
      StackTraceElement[] frames = each.getStackTrace();
      int ours = 0;
      while (ours < frames.length && !isOurs(frames[ours])) {
        ours++;
      }
      while (ours > 0 && ours < frames.length && isReflection(frames[ours - 1])) {
        ours--;
      }
      each.setStackTrace(Arrays.copyOf(frames, ours));
    }
  }

  private static boolean isOurs(StackTraceElement frame) {
    return OURS.stream().anyMatch(frame.getClassName()::startsWith);
  }

  private static boolean isReflection(StackTraceElement frame) {
    return frame.getClassName().startsWith("java.lang.reflect.")
        || frame.getClassName().startsWith("jdk.internal.reflect.")
        || frame.getClassName().startsWith("java.lang.invoke.");
  }

  private static String stack(Throwable error) {
    StringWriter text = new StringWriter();
    error.printStackTrace(new PrintWriter(text, true));
    return text.toString().strip();
  }
}
