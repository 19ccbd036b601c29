package io.dioptra.worker.queue.redis;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/** Whether a worker can work on the Redis it was given, in words for the operator. */
public final class RedisServerCheck {
  private static final Pattern VERSION = Pattern.compile("redis_version:(\\d+)\\.(\\d+)");

  /** Valkey, whose {@code redis_version} is 7.2.4, calls it otherwise. */
  private static final Pattern MODE = Pattern.compile("(?:redis|server)_mode:(\\w+)");

  private static final Pattern ADDRESS = Pattern.compile("(?:^| )addr=(\\S+)");

  /** What comes of it when only one side speaks TLS, or shows too little of itself. */
  private static final Pattern MISUNDERSTOOD =
      Pattern.compile(
          "Unexpected end of stream|Connection reset|Broken pipe|Socket closed|fatal alert"
              + "|Unknown reply");

  private final RedisAddress address;

  public RedisServerCheck(RedisAddress address) {
    this.address = address;
  }

  /**
   * Returns this client's own address as the server sees it, {@code unknown} where it does not say.
   *
   * @throws QueueException if the server is too old, part of a cluster or a Sentinel
   */
  public String check(Jedis redis) {
    String info = redis.info("server");
    Matcher version = VERSION.matcher(info);
    if (version.find() && isTooOld(version)) {
      throw unfit(
          "is version %s.%s; this worker needs 6.2 or newer, or Valkey. The operator should"
                  .formatted(version.group(1), version.group(2))
              + " update it.");
    }
    Matcher mode = MODE.matcher(info);
    switch (mode.find() ? mode.group(1) : "standalone") {
      case "cluster" ->
          throw unfit(
              "is part of a cluster; RQ does not work on a cluster. The operator should run a Redis"
                  + " of its own for the queues.");
      case "sentinel" ->
          throw unfit(
              "is a Sentinel. The operator should write"
                  + " redis+sentinel://host:port/service, with the name of the service.");
      case String _ -> {}
    }
    return ownAddress(redis);
  }

  /** What a failure at the start means. */
  public QueueException explain(JedisException failure) {
    if (failure instanceof JedisConnectionException) {
      return new QueueException(
          "Error connecting to "
              + address.server()
              + ": "
              + reason(failure)
              + "."
              + advice(failure),
          failure);
    }
    return new QueueException(
        "Redis at " + address.server() + " refuses this worker: " + reason(failure), failure);
  }

  /** What to do where TLS is to blame, or may be. */
  private String advice(Throwable failure) {
    Throwable at = failure;
    for (Throwable next = failure; next != null; next = below(next)) {
      at = next instanceof SSLException ? next : at;
    }
    boolean isMisunderstood = MISUNDERSTOOD.matcher(reason(failure)).find();
    if (address.isSecure() && isMisunderstood) {
      return " It may want a certificate of the worker: the operator names it in the URL of Redis"
          + " by ssl_certfile and ssl_keyfile.";
    }
    if (at instanceof SSLHandshakeException || at instanceof SSLPeerUnverifiedException) {
      return " The operator should name the file with the authority that signed this server's"
          + " certificate, by ssl_ca_certs in the URL of Redis or in REQUESTS_CA_BUNDLE, and"
          + " use the name that the certificate is for.";
    }
    if (at instanceof SSLException) {
      return " The operator should check whether this port of Redis speaks TLS.";
    }
    return isMisunderstood
        ? " If this port of Redis speaks TLS, the operator should write rediss:// in its URL."
        : "";
  }

  private QueueException unfit(String why) {
    return new QueueException("Redis at " + address.server() + " " + why);
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
