package io.dioptra.worker.queue.redis;

import io.dioptra.worker.config.RedisPlace;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisAccessControlException;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Asks the sentinels, one after the other, where the master is, and believes the first whose answer
 * proves right: a sentinel that was cut off from the others still names the old one. Used once.
 */
final class MasterSearch {
  /** A sentinel does nothing but answer; one that is not there must not hold up the search. */
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final RedisAddress address;
  private final RedisPlace.Sentinels sentinels;
  private final Set<RedisPlace.Server> tried = new LinkedHashSet<>();
  private final List<String> problems = new ArrayList<>();

  MasterSearch(RedisAddress address, RedisPlace.Sentinels sentinels) {
    this.address = address;
    this.sentinels = sentinels;
  }

  /**
   * @throws JedisConnectionException if no sentinel leads to a master; the message says what each
   *     answered
   */
  Jedis connection() {
    for (RedisPlace.Server sentinel : sentinels.servers()) {
      Optional<RedisPlace.Server> master = ask(sentinel).filter(tried::add);
      Optional<Jedis> open = master.flatMap(this::open);
      if (open.isPresent()) {
        return open.get();
      }
    }
    throw new JedisConnectionException(String.join("; ", problems));
  }

  private Optional<RedisPlace.Server> ask(RedisPlace.Server sentinel) {
    try (Jedis asked = address.to(sentinel, sentinels.login(), PATIENCE)) {
      List<String> master = asked.sentinelGetMasterAddrByName(sentinels.service());
      if (master != null) {
        String host = master.get(0);
        return Optional.of(
            new RedisPlace.Server(
                host.contains(":") ? "[" + host + "]" : host, Integer.parseInt(master.get(1))));
      }
      problems.add("Sentinel " + sentinel + " knows no service of the name " + sentinels.service());
    } catch (JedisException e) {
      problems.add("Sentinel " + sentinel + ": " + RedisServerCheck.reason(e));
    }
    return Optional.empty();
  }

  private Optional<Jedis> open(RedisPlace.Server master) {
    try {
      Jedis redis = address.to(master);
      if (isMaster(redis)) {
        return Optional.of(redis);
      }
      redis.close();
      problems.add("master " + master + " has become a replica");
    } catch (JedisAccessControlException e) {
      // Of no use to ask on: a password is as wrong for the others.
      throw e;
    } catch (JedisException e) {
      problems.add("master " + master + ": " + RedisServerCheck.reason(e));
    }
    return Optional.empty();
  }

  private static boolean isMaster(Jedis redis) {
    try {
      return "master".equals(redis.role().getFirst());
    } catch (JedisAccessControlException _) {
      // This user may not ask. A replica will refuse the first write.
      return true;
    } catch (JedisException e) {
      redis.close();
      throw e;
    }
  }
}
