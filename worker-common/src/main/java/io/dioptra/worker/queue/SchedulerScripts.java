package io.dioptra.worker.queue;

import io.dioptra.worker.job.QueueName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import redis.clients.jedis.Jedis;
import tools.jackson.databind.node.ObjectNode;

/** Moves scheduled jobs that are due, each turn in one step. One thread. */
final class SchedulerScripts {
  private static final LuaScript SCHEDULE =
      LuaScript.of("worker.lua", "lease.lua", "job.lua", "enqueue.lua", "schedule.lua");

  private static final LuaScript UNSCHEDULE = LuaScript.of("worker.lua", "unschedule.lua");

  /** RQ's own: its other schedulers wait for so long before they take over. */
  private static final Duration TTL = Duration.ofSeconds(61);

  private final Presence presence;
  private final String queues;

  /**
   * Digits only: readers of RQ 2.6 take the owner of the lock for a process id, later ones for the
   * name of a scheduler.
   */
  private final String name =
      Long.toString(RandomGenerator.getDefault().nextLong(1_000_000_000_000L, Long.MAX_VALUE));

  private final String birth;

  SchedulerScripts(Presence presence, QueueSettings settings, String birth) {
    this.presence = presence;
    this.queues = settings.queues().stream().map(QueueName::value).collect(Collectors.joining(","));
    this.birth = birth;
  }

  String name() {
    return name;
  }

  Turn turn(Jedis redis) {
    List<?> reply = (List<?>) SCHEDULE.run(redis, parameters());
    List<QueueName> held = new ArrayList<>();
    for (int at = 2; at < reply.size(); at++) {
      held.add(new QueueName(new ScriptReply(reply).text(at)));
    }
    return new Turn((Long) reply.get(0), (Long) reply.get(1), List.copyOf(held));
  }

  void end(Jedis redis) {
    UNSCHEDULE.run(redis, parameters());
  }

  private ObjectNode parameters() {
    ObjectNode parameters = presence.parameters(TTL);
    presence
        .describe(parameters.putObject("scheduler"))
        .put("name", name)
        .put("queues", queues)
        .put("created_at", birth);
    return parameters;
  }

  /**
   * @param seconds the time by Redis' clock
   * @param moved how many jobs were queued
   * @param held the queues that this scheduler has the lock of
   */
  record Turn(long seconds, long moved, List<QueueName> held) {}
}
