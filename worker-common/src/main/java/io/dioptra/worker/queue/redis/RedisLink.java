package io.dioptra.worker.queue.redis;

import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/**
 * One connection to Redis, made when it is needed and dropped when it breaks or leads to a server
 * that is not the right one any more. Any thread may call it; calls follow one another.
 */
public final class RedisLink implements AutoCloseable {
  /**
   * What a server says that is not the master, or not ready: another connection may lead to one
   * that is. A script of Redis 6 has the word in the middle of its own words.
   */
  private static final Pattern NOT_HERE =
      Pattern.compile(
          "(?:^|-)(?:READONLY|LOADING|MASTERDOWN|CLUSTERDOWN|NOREPLICAS|NOAUTH|UNBLOCKED)\\b");

  private final RedisAddress address;
  private final Lock turn = new ReentrantLock();
  private @Nullable Jedis open;

  public RedisLink(RedisAddress address) {
    this.address = address;
  }

  /**
   * Runs commands that may be run twice: a connection that was closed while it was not used, or
   * whose server has become a replica meanwhile, is made anew, once.
   *
   * @throws redis.clients.jedis.exceptions.JedisException if Redis cannot be reached or refuses
   */
  public <T> T call(Function<Jedis, T> commands) {
    turn.lock();
    try {
      boolean fresh = open == null;
      try {
        return attempt(commands);
      } catch (JedisException e) {
        boolean isConnectionToBlame = open == null;
        if (fresh || !isConnectionToBlame) {
          throw e;
        }
        return attempt(commands);
      }
    } finally {
      turn.unlock();
    }
  }

  @Override
  public void close() {
    turn.lock();
    try {
      drop();
    } finally {
      turn.unlock();
    }
  }

  private <T> T attempt(Function<Jedis, T> commands) {
    Jedis redis = open == null ? address.connection() : open;
    open = redis;
    try {
      return commands.apply(redis);
    } catch (JedisException e) {
      if (e instanceof JedisConnectionException || isNotHere(e)) {
        drop();
      }
      throw e;
    }
  }

  private static boolean isNotHere(JedisException e) {
    return e instanceof JedisDataException
        && NOT_HERE.matcher(String.valueOf(e.getMessage())).find();
  }

  private void drop() {
    if (open != null) {
      open.close();
      open = null;
    }
  }
}
