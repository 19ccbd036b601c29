package io.dioptra.worker.queue.redis;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/** Whether a worker can work on the Redis it was given, in words for the operator. */
public final class RedisServerCheck {
  private static final Pattern VERSION = Pattern.compile("redis_version:(\\d+)\\.(\\d+)");
  private static final Pattern ADDRESS = Pattern.compile("(?:^| )addr=(\\S+)");

  private final RedisAddress address;

  public RedisServerCheck(RedisAddress address) {
    this.address = address;
  }

  /**
   * Returns this client's own address as the server sees it, {@code unknown} where it does not say.
   *
   * @throws QueueException if the server is too old or part of a cluster
   */
  public String check(Jedis redis) {
    String info = redis.info("server");
    Matcher version = VERSION.matcher(info);
    if (version.find() && isTooOld(version)) {
      throw new QueueException(
          "Redis at "
              + address.server()
              + " is version "
              + version.group(1)
              + "."
              + version.group(2)
              + "; this worker needs 6.2 or newer.");
    }
    if (info.contains("redis_mode:cluster")) {
      throw new QueueException(
          "Redis at " + address.server() + " is part of a cluster; RQ does not work on a cluster.");
    }
    return ownAddress(redis);
  }

  /** What a failure at the start means. */
  public QueueException explain(JedisException failure) {
    if (failure instanceof JedisConnectionException) {
      return new QueueException(
          "Error connecting to " + address.server() + ": " + reason(failure) + ".", failure);
    }
    return new QueueException(
        "Redis at " + address.server() + " refuses this worker: " + reason(failure), failure);
  }

  /** The innermost message, without a full stop: the outer ones only say that something failed. */
  public static String reason(Throwable failure) {
    Throwable inner = failure;
    for (Throwable next = failure; next != null; next = below(next)) {
      inner = next;
    }
    return Optional.ofNullable(inner.getMessage())
        .orElse(inner.getClass().getSimpleName())
        .replaceFirst("\\.$", "");
  }

  /** Jedis keeps what each address of a host answered as suppressed. */
  private static @Nullable Throwable below(Throwable failure) {
    if (failure.getCause() != null) {
      return failure.getCause();
    }
    return failure.getSuppressed().length > 0 ? failure.getSuppressed()[0] : null;
  }

  private static boolean isTooOld(Matcher version) {
    int major = Integer.parseInt(version.group(1));
    return major < 6 || (major == 6 && Integer.parseInt(version.group(2)) < 2);
  }

  private static String ownAddress(Jedis redis) {
    try {
      Matcher own = ADDRESS.matcher(redis.clientInfo());
      return own.find() ? own.group(1) : "unknown";
    } catch (JedisDataException e) {
      return "unknown";
    }
  }
}
