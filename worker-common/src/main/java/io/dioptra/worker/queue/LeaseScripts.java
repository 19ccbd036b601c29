package io.dioptra.worker.queue;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import redis.clients.jedis.Jedis;
import tools.jackson.databind.node.ObjectNode;

/** Keeps and ends the lease of an execution, each in one step. Any thread may call it. */
final class LeaseScripts {
  /** What a worker's hash outlives a missed heartbeat by. */
  private static final Duration BUSY_GRACE = Duration.ofMinutes(1);

  /** RQ's default: a year. */
  private static final Duration FAILURE_TTL = Duration.ofDays(365);

  private static final LuaScript HEARTBEAT =
      LuaScript.of("worker.lua", "lease.lua", "heartbeat.lua");
  private static final LuaScript FINISH =
      LuaScript.of("worker.lua", "lease.lua", "enqueue.lua", "dependents.lua", "finish.lua");

  private final Presence presence;
  private final QueueSettings settings;
  private final Clock clock;

  LeaseScripts(Presence presence, QueueSettings settings, Clock clock) {
    this.presence = presence;
    this.settings = settings;
    this.clock = clock;
  }

  /**
   * Returns why the lease ended, empty while it is held.
   *
   * @param endAsked when the worker was told to end, if it was
   */
  Optional<EarlyEnd> beat(Jedis redis, Execution execution, Optional<Instant> endAsked) {
    Instant now = clock.instant();
    Duration interval = settings.rq().monitoringInterval();
    ObjectNode parameters =
        parameters(execution, interval.plus(BUSY_GRACE), now)
            .put("lease", execution.lease(now, settings.beatInterval()).toSeconds());
    endAsked.ifPresent(it -> parameters.put("shutdown_requested", RqTime.text(it)));
    return switch (text(HEARTBEAT.run(redis, parameters))) {
      case "canceled" -> Optional.of(EarlyEnd.CANCELED);
      case "lost" -> Optional.of(EarlyEnd.LOST);
      case String _ -> Optional.empty();
    };
  }

  /** Can be run again after a lost answer. */
  Recorded finish(Jedis redis, Execution execution, Ending ending) {
    ObjectNode parameters =
        parameters(execution, presence.idleTtl(), clock.instant())
            .put("outcome", ending.word())
            .put("exc_string", ending.text().isEmpty() ? "" : ExcString.encode(ending.text()))
            .put("may_retry", ending.mayRetry())
            .put("started_at", RqTime.decimal(execution.started()))
            .put("result_ttl", settings.rq().resultsTtl().toSeconds())
            .put("failure_ttl", FAILURE_TTL.toSeconds());
    return switch (text(FINISH.run(redis, parameters))) {
      case "recorded" -> Recorded.YES;
      case "canceled" -> Recorded.CANCELED;
      case String _ -> Recorded.LEASE_LOST;
    };
  }

  private ObjectNode parameters(Execution execution, Duration ttl, Instant now) {
    return presence
        .parameters(ttl)
        .put("job", execution.job())
        .put("execution", execution.id())
        .put("origin", execution.origin())
        .put("adopted", execution.isAdopted())
        .put("working_time", RqTime.decimal(execution.workingTime(now)));
  }

  private static String text(Object reply) {
    return new String((byte[]) reply, UTF_8);
  }
}
