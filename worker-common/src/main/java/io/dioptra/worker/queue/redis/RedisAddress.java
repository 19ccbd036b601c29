package io.dioptra.worker.queue.redis;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.ClientSetInfoConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;

/**
 * Where Redis is. Prints without its password.
 *
 * @param user absent for Redis's default user
 */
public record RedisAddress(
    String host, int port, int database, Optional<String> user, Optional<String> password) {
  private static final int DEFAULT_PORT = 6379;
  private static final int TIMEOUT_MILLIS = 10_000;

  /** How long a command may wait in Redis, such as BLMOVE. */
  public static final int LONGEST_COMMAND_MILLIS = 5_000;

  // By hand, since java.net.URI knows neither "redis://" nor a host name with an underscore.
  private static final Pattern URI =
      Pattern.compile(
          "redis://(?:(?<user>[^/@]*)@)?(?<host>\\[[^]]+]|[^/?#:@]*)(?::(?<port>\\d{1,5}))?"
              + "(?:/(?<path>\\d{0,4}))?(?:\\?db=(?<db>\\d{1,4}))?");

  /**
   * Reads {@code redis://[[user]:password@]host[:port][/database]}, all parts optional, as redis-py
   * does.
   *
   * @throws IllegalArgumentException if it is anything else; the message does not repeat it
   */
  public static RedisAddress parse(String uri) {
    Matcher parts = URI.matcher(uri);
    if (!parts.matches()) {
      throw new IllegalArgumentException(
          "not an address of Redis that can be used here."
              + " Expected redis://[[user]:password@]host[:port][/database]");
    }
    Optional<String> userinfo = text(parts.group("user"));
    return new RedisAddress(
        text(parts.group("host")).orElse("localhost"),
        text(parts.group("port")).map(Integer::parseInt).orElse(DEFAULT_PORT),
        text(parts.group("db"))
            .or(() -> text(parts.group("path")))
            .map(Integer::parseInt)
            .orElse(0),
        userinfo.flatMap(info -> text(decoded(info.split(":", 2)[0]))),
        userinfo.filter(info -> info.contains(":")).map(info -> decoded(info.split(":", 2)[1])));
  }

  /** Host and port, for messages. */
  public String server() {
    return host + ":" + port;
  }

  @Override
  public String toString() {
    return "redis://" + (password.isPresent() ? "***@" : "") + server() + "/" + database;
  }

  /** A connection that is not made yet. */
  Jedis connection() {
    DefaultJedisClientConfig.Builder config =
        DefaultJedisClientConfig.builder()
            .resp2()
            .database(database)
            .connectionTimeoutMillis(TIMEOUT_MILLIS)
            .socketTimeoutMillis(TIMEOUT_MILLIS)
            .blockingSocketTimeoutMillis(TIMEOUT_MILLIS + LONGEST_COMMAND_MILLIS)
            .clientSetInfoConfig(ClientSetInfoConfig.DISABLED);
    user.ifPresent(config::user);
    password.ifPresent(config::password);
    String plainHost = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    return new Jedis(new HostAndPort(plainHost, port), config.build());
  }

  private static Optional<String> text(@Nullable String part) {
    return Optional.ofNullable(part).filter(text -> !text.isEmpty());
  }

  private static String decoded(String part) {
    // A plus sign stands for itself in this part of an address.
    return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
  }
}
