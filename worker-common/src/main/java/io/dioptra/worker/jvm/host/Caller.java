package io.dioptra.worker.jvm.host;

import io.dioptra.worker.frame.FrameChannel;
import io.dioptra.worker.frame.ProtocolException;
import io.dioptra.worker.jvm.TaskJob;
import io.dioptra.worker.jvm.catalog.Catalog;
import io.dioptra.worker.jvm.catalog.NoSuchTaskException;
import io.dioptra.worker.jvm.catalog.TaskMethod;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** One process of the job. Its calls are answered one after the other, on a thread of their own. */
final class Caller {
  private static final TaskMethod FUNCTIONS = Functions.task();

  private final FrameChannel channel;
  private final Catalog catalog;
  private final Held held;
  private final TaskJob job;
  private final Thread thread;
  private Window window = Window.none();

  Caller(FrameChannel channel, Catalog catalog, Held held, TaskJob job, Thread thread) {
    this.channel = channel;
    this.catalog = catalog;
    this.held = held;
    this.job = job;
    this.thread = thread;
  }

  /** Answers until the other side has closed the connection. */
  void serve() throws IOException {
    try {
      for (var frame = channel.read(); frame.isPresent(); frame = channel.read()) {
        take(frame.get());
      }
    } finally {
      window.close();
    }
  }

  private void take(JsonNode request) throws IOException {
    String type = request.path("type").asString("");
    switch (type) {
      case "run" -> run(request);
      case "release" -> request.path("handles").forEach(it -> held.release(it.asLong(0)));
      case "window" -> {
        window.close();
        window = Window.open(Path.of(request.path("path").asString("")));
      }
      default -> throw new ProtocolException("a caller sent \"" + type + "\"");
    }
  }

  /** Arrays are closed after the answer: nobody has to wait for that. */
  private void run(JsonNode request) throws IOException {
    window.clear();
    try (Arguments arguments = new Arguments(held, window)) {
      channel.write(answer(request, arguments));
    }
  }

  private ObjectNode answer(JsonNode request, Arguments arguments) {
    long id = request.path("id").asLong(0);
    try {
      TaskMethod task = task(request.path("task").asString(""));
      List<Object> bound =
          task.bind(
              arguments.items(request.path("args")), arguments.members(request.path("kwargs")));
      return Answers.done(
          id, new Results(held, window, arguments).encode(job.call(() -> task.call(bound))));
    } catch (Throwable e) {
      return Answers.failed(id, e);
    }
  }

  private TaskMethod task(String name) throws NoSuchTaskException {
    return name.equals(Functions.APPLY) ? FUNCTIONS : catalog.task(name);
  }

  /** Where it is, one frame a line. */
  String stack() {
    StringBuilder text = new StringBuilder(thread.getName()).append(':');
    for (StackTraceElement frame : thread.getStackTrace()) {
      text.append("\n    at ").append(frame);
    }
    return text.toString();
  }

  /** Lets no further call in, interrupts one that waits, and waits for its end. */
  void end() throws IOException {
    channel.close();
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while a task still ran", e);
    }
  }
}
