package io.dioptra.worker.queue;

import io.dioptra.worker.queue.payload.PayloadReader;
import java.time.Duration;
import redis.clients.jedis.Jedis;
import tools.jackson.databind.node.ObjectNode;

/** Takes a job in one step. Asked again after a lost answer, it gives the same job. One thread. */
final class ClaimScript {
  /** RQ's own default for a job that does not say. */
  static final Duration DEFAULT_TIMEOUT = Duration.ofMinutes(3);

  /** Where in the answer the queue is that the job came out of, and what goes with the job. */
  private static final int QUEUE = 6;

  private static final int NOTES = QUEUE + 1;

  private static final LuaScript SCRIPT =
      LuaScript.of("worker.lua", "lease.lua", "job.lua", "enqueue.lua", "claim.lua");

  private final Presence presence;
  private final Duration interval;
  private final QueueOrder order;
  private String execution = RqId.fresh();

  /**
   * @param interval how long a lease is held from one heartbeat to the next
   */
  ClaimScript(Presence presence, Duration interval, QueueOrder order) {
    this.presence = presence;
    this.interval = interval;
    this.order = order;
  }

  ClaimReply run(Jedis redis) {
    ObjectNode parameters =
        presence
            .parameters(presence.idleTtl())
            .put("execution", execution)
            .put("interval", interval.toSeconds())
            .put("default_timeout", DEFAULT_TIMEOUT.toSeconds())
            .put("max_bytes", PayloadReader.MAX_BYTES);
    order.now().forEach(queue -> parameters.withArray("order").add(queue));
    ScriptReply reply = ScriptReply.of(SCRIPT.run(redis, parameters));
    return switch (reply.word()) {
      case "claimed" -> claimed(reply);
      case "again" -> new ClaimReply.Again();
      case "suspended" -> new ClaimReply.Suspended();
      case String _ -> new ClaimReply.Empty();
    };
  }

  private ClaimReply claimed(ScriptReply reply) {
    ClaimReply.Claimed claimed = reply.job(execution).with(reply.texts(NOTES));
    execution = RqId.fresh();
    order.served(reply.text(QUEUE));
    return claimed;
  }
}
