package io.dioptra.worker.queue;

import io.dioptra.worker.job.QueueName;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Collectors;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisDataException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** This worker as RQ's other clients see it: born, alive, dead. Immutable. */
final class Presence {
  /** What RQ's worker hash outlives a worker's time to live by. */
  private static final Duration GRACE = Duration.ofMinutes(1);

  /**
   * The newest release of RQ whose writes this worker makes: execution ids in results, the worker's
   * executions in a set. Readers show the text and do not parse it.
   */
  private static final String RQ_VERSION = "3.0.0";

  private static final LuaScript BIRTH = LuaScript.of("worker.lua", "birth.lua");
  private static final LuaScript IDLE = LuaScript.of("worker.lua", "idle.lua");
  private static final LuaScript DEATH = LuaScript.of("worker.lua", "death.lua");
  private static final JsonMapper JSON = new JsonMapper();

  private final QueueSettings settings;
  private final Clock clock;
  private final ObjectNode identity;

  Presence(QueueSettings settings, Clock clock, String clientAddress) {
    this.settings = settings;
    this.clock = clock;
    this.identity = identity(settings, clock.instant(), clientAddress);
  }

  /** Returns false while another worker lives under this name. */
  boolean bear(Jedis redis) {
    nameConnection(redis);
    return Long.valueOf(1).equals(BIRTH.run(redis, parameters(idleTtl())));
  }

  void beat(Jedis redis) {
    IDLE.run(redis, parameters(idleTtl()));
  }

  void die(Jedis redis) {
    DEATH.run(redis, parameters(GRACE));
  }

  /** How long the worker's hash lives after a sign of life between jobs. */
  Duration idleTtl() {
    return settings.rq().workerTtl().plus(GRACE);
  }

  /** What every script is told. */
  ObjectNode parameters(Duration ttl) {
    Instant now = clock.instant();
    ObjectNode parameters = JSON.createObjectNode();
    parameters.put("worker", settings.name().value());
    parameters.set("identity", identity);
    settings.queues().forEach(queue -> parameters.withArray("queues").add(queue.value()));
    parameters
        .putObject("now")
        .put("text", RqTime.text(now))
        .put("decimal", RqTime.decimal(now))
        .put("seconds", now.getEpochSecond());
    parameters.put("ttl", ttl.toSeconds());
    return parameters;
  }

  /** Which process this is, for those who look at more than workers. */
  ObjectNode describe(ObjectNode target) {
    return target
        .put("hostname", identity.get("hostname").stringValue())
        .put("pid", identity.get("pid").stringValue());
  }

  private void nameConnection(Jedis redis) {
    try {
      redis.clientSetname(settings.name().value());
    } catch (JedisDataException e) {
      // Redis allows no spaces there, and a proxy may not know the command; the name only adorns.
    }
  }

  private static ObjectNode identity(QueueSettings settings, Instant birth, String address) {
    return JSON.createObjectNode()
        .put("birth", RqTime.text(birth))
        .put(
            "queues",
            settings.queues().stream().map(QueueName::value).collect(Collectors.joining(",")))
        .put("pid", Long.toString(ProcessHandle.current().pid()))
        .put("hostname", hostname())
        .put("ip_address", address)
        .put("version", RQ_VERSION)
        .put("python_version", "none, Java " + Runtime.version());
  }

  private static String hostname() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "unknown";
    }
  }
}
