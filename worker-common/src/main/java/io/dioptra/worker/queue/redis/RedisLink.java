package io.dioptra.worker.queue.redis;

import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisConnectionException;

/**
 * One connection to Redis, made when it is needed and dropped when it breaks. Any thread may call
 * it; calls follow one another.
 */
public final class RedisLink implements AutoCloseable {
  private final RedisAddress address;
  private final Lock turn = new ReentrantLock();
  private @Nullable Jedis open;

  public RedisLink(RedisAddress address) {
    this.address = address;
  }

  /**
   * Runs commands that may be run twice: a connection that was closed while it was not used is made
   * anew, once.
   *
   * @throws redis.clients.jedis.exceptions.JedisException if Redis cannot be reached or refuses
   */
  public <T> T call(Function<Jedis, T> commands) {
    turn.lock();
    try {
      boolean fresh = open == null;
      try {
        return attempt(commands);
      } catch (JedisConnectionException e) {
        if (fresh) {
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
    } catch (JedisConnectionException e) {
      drop();
      throw e;
    }
  }

  private void drop() {
    if (open != null) {
      open.close();
      open = null;
    }
  }
}
