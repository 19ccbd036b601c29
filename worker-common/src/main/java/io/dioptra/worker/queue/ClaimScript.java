package io.dioptra.worker.queue;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.dioptra.worker.queue.payload.Payload;
import io.dioptra.worker.queue.payload.PayloadReader;
import java.time.Duration;
import java.util.List;
import redis.clients.jedis.Jedis;
import tools.jackson.databind.node.ObjectNode;

/** Takes a job in one step. Asked again after a lost answer, it gives the same job. One thread. */
final class ClaimScript {
  /** RQ's own default for a job that does not say. */
  static final Duration DEFAULT_TIMEOUT = Duration.ofMinutes(3);

  private static final LuaScript SCRIPT = LuaScript.of("worker.lua", "lease.lua", "claim.lua");

  private final Presence presence;
  private final Duration interval;
  private String execution = RqId.fresh();

  ClaimScript(Presence presence, Duration interval) {
    this.presence = presence;
    this.interval = interval;
  }

  ClaimReply run(Jedis redis) {
    ObjectNode parameters =
        presence
            .parameters(presence.idleTtl())
            .put("execution", execution)
            .put("interval", interval.toSeconds())
            .put("default_timeout", DEFAULT_TIMEOUT.toSeconds())
            .put("max_bytes", PayloadReader.MAX_BYTES);
    if (!(SCRIPT.run(redis, parameters) instanceof List<?> reply)) {
      throw new IllegalStateException("the claim script answers with a list");
    }
    return switch (text(reply, 0)) {
      case "claimed" -> claimed(reply);
      case "again" -> new ClaimReply.Again();
      case "suspended" -> new ClaimReply.Suspended();
      case String _ -> new ClaimReply.Empty();
    };
  }

  private ClaimReply claimed(List<?> reply) {
    String claimed = execution;
    execution = RqId.fresh();
    return new ClaimReply.Claimed(
        text(reply, 2), claimed, text(reply, 1), payload(reply), text(reply, 5));
  }

  /** The script leaves in Redis what is too large to be a payload. */
  private static Payload payload(List<?> reply) {
    return (Long) reply.get(3) > PayloadReader.MAX_BYTES
        ? new Payload.Refused(PayloadReader.TOO_LARGE)
        : new PayloadReader().read((byte[]) reply.get(4));
  }

  private static String text(List<?> reply, int at) {
    return new String((byte[]) reply.get(at), UTF_8);
  }
}
