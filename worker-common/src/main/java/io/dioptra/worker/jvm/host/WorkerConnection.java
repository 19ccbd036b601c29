package io.dioptra.worker.jvm.host;

import io.dioptra.worker.frame.FrameChannel;
import io.dioptra.worker.frame.ProtocolException;
import io.dioptra.worker.jvm.TaskJob;
import io.dioptra.worker.jvm.catalog.Catalog;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the worker asks: one job after the other. Used by the main thread; when the worker has
 * closed the connection, this process ends whatever its tasks do.
 */
final class WorkerConnection {
  private static final Logger LOG = LoggerFactory.getLogger(WorkerConnection.class);

  private final FrameChannel channel;
  private final Catalog catalog;
  private final LogFrames logs;
  private Optional<Job> job = Optional.empty();

  WorkerConnection(FrameChannel channel, Catalog catalog) {
    this.channel = channel;
    this.catalog = catalog;
    this.logs = new LogFrames(channel);
  }

  /** Serves until the worker closes the connection. */
  int serve() throws IOException {
    for (var frame = channel.read(); frame.isPresent(); frame = channel.read()) {
      channel.write(answer(frame.get()));
    }
    return 0;
  }

  private ObjectNode answer(JsonNode request) throws ProtocolException {
    long id = request.path("id").asLong(0);
    String type = request.path("type").asString("");
    try {
      return switch (type) {
        case "prepare" -> prepare(id, request);
        case "finish" -> finish(id);
        case "stacks" -> stacks(id);
        default -> throw new ProtocolException("a JVM host was sent \"" + type + "\"");
      };
    } catch (ProtocolException e) {
      throw e;
    } catch (IOException e) {
      return done(id).put("type", "failed").put("kind", "request").put("message", e.toString());
    }
  }

  private ObjectNode prepare(long id, JsonNode request) throws IOException {
    if (job.isPresent()) {
      throw new ProtocolException("a second job before the end of the first");
    }
    logs.level(request.path("level").asString("INFO"));
    Map<String, String> variables = new LinkedHashMap<>();
    for (var variable : request.path("environment").properties()) {
      if (!variable.getValue().isNull()) {
        variables.put(variable.getKey(), variable.getValue().asString(""));
      }
    }
    TaskJob described = new TaskJob(Path.of(request.path("folder").asString("")), variables);
    Job opened = Job.open(described, catalog);
    job = Optional.of(opened);
    return done(id).put("socket", opened.socket().toString()).put("token", opened.token());
  }

  private ObjectNode stacks(long id) {
    job.map(Job::stacks)
        .filter(it -> !it.isEmpty())
        .ifPresent(it -> LOG.warn("What the tasks of the JVM do:\n{}", it));
    return done(id);
  }

  private ObjectNode finish(long id) throws IOException {
    if (job.isPresent()) {
      job.get().close();
      job = Optional.empty();
    }
    return done(id);
  }

  private static ObjectNode done(long id) {
    return JsonNodeFactory.instance.objectNode().put("type", "done").put("id", id);
  }
}
