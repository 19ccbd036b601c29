package io.dioptra.worker.queue;

import io.dioptra.worker.queue.payload.PayloadReader;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import redis.clients.jedis.Jedis;
import tools.jackson.databind.node.ObjectNode;

/** What keeps queues clean of what workers left behind that disappeared. Any thread may call it. */
final class SweepScripts {
  private static final LuaScript ADOPT =
      LuaScript.of("worker.lua", "lease.lua", "job.lua", "adopt.lua");

  private static final LuaScript SWEEP =
      LuaScript.of("worker.lua", "lease.lua", "job.lua", "enqueue.lua", "recover.lua", "sweep.lua");

  private final Presence presence;
  private final QueueSettings settings;

  SweepScripts(Presence presence, QueueSettings settings) {
    this.presence = presence;
    this.settings = settings;
  }

  /**
   * Takes over one attempt whose lease has ended.
   *
   * @param execution the name it gets
   * @param mine the executions that are not looked at
   */
  Adoption adopt(Jedis redis, String execution, Collection<String> mine) {
    ObjectNode parameters =
        parameters(settings.beatInterval())
            .put("execution", execution)
            .put("lease", Execution.ADOPTED_LEASE.toSeconds());
    parameters.putArray("mine");
    mine.forEach(it -> parameters.withArray("mine").add(it));
    ScriptReply reply = ScriptReply.of(ADOPT.run(redis, parameters));
    return reply.word().equals("adopted")
        ? new Adoption.Adopted(reply.job(execution), (int) reply.number(6))
        : new Adoption.Nothing(
            Optional.of(reply.number(1)).filter(it -> it >= 0).map(Duration::ofSeconds));
  }

  /** Sweeps the registries, and returns when to do so again. */
  Duration sweep(Jedis redis) {
    Object seconds = SWEEP.run(redis, parameters(settings.rq().maintenanceInterval()));
    return Duration.ofSeconds((Long) seconds);
  }

  private ObjectNode parameters(Duration interval) {
    return presence
        .parameters(presence.idleTtl())
        .put("interval", interval.toSeconds())
        .put("default_timeout", ClaimScript.DEFAULT_TIMEOUT.toSeconds())
        .put("max_bytes", PayloadReader.MAX_BYTES);
  }
}
