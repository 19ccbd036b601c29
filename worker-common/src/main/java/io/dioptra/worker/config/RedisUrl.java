package io.dioptra.worker.config;

import java.time.Duration;
import java.util.Optional;

/**
 * Where the queues are, and how to get there. It prints without its passwords.
 *
 * @param connect how long making a connection may take
 * @param answer how long an answer may take
 */
public record RedisUrl(
    RedisPlace place,
    int database,
    Optional<RedisLogin> login,
    Optional<RedisTls> tls,
    Duration connect,
    Duration answer) {

  /** What {@link #parse} takes. */
  public static final String EXPECTED =
      "Expected redis://[[user]:password@]host[:port][/database], the same with rediss:// for TLS,"
          + " unix://[[user]:password@]/path/of/socket[?db=database], or"
          + " redis+sentinel://[[user]:password@]host[:port][,…]/service[/database] (with TLS:"
          + " rediss+sentinel://).";

  /**
   * Reads the address as redis-py does, all parts optional that it lets out.
   *
   * @param site whose certificates count where the URL does not say
   * @throws IllegalArgumentException if it is anything else: sentences that do not repeat it
   */
  public static RedisUrl parse(String url, ServerTrust site) {
    return new RedisUrlReader(url, site).read();
  }

  @Override
  public String toString() {
    String secure = tls.isPresent() ? "s" : "";
    String who = login.isPresent() ? "***@" : "";
    return switch (place) {
      case RedisPlace.Server server -> "redis" + secure + "://" + who + server + "/" + database;
      case RedisPlace.UnixSocket socket -> "unix://" + who + socket + "?db=" + database;
      case RedisPlace.Sentinels all ->
          "redis%s+sentinel://%s%s/%s/%d"
              .formatted(
                  secure,
                  who,
                  String.join(",", all.servers().stream().map(Object::toString).toList()),
                  all.service(),
                  database);
    };
  }
}
