package io.dioptra.worker.queue.redis;

import io.dioptra.worker.config.RedisLogin;
import io.dioptra.worker.config.RedisPlace;
import io.dioptra.worker.config.RedisUrl;
import io.dioptra.worker.config.ServerTrust;
import java.time.Duration;
import java.util.Optional;
import redis.clients.jedis.ClientSetInfoConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.DefaultJedisSocketFactory;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.JedisSocketFactory;

/** Where Redis is, and how a connection to it is made. Prints without its password. */
public final class RedisAddress {
  /** How long a command may wait in Redis, such as BLMOVE. */
  public static final int LONGEST_COMMAND_MILLIS = 5_000;

  private final RedisUrl url;
  private final Optional<TlsSockets> tls;

  private RedisAddress(RedisUrl url) {
    this.url = url;
    this.tls = url.tls().map(TlsSockets::new);
  }

  /**
   * Reads the certificates now, where there are any.
   *
   * @throws IllegalArgumentException if they cannot be read; the message is for the operator
   */
  public static RedisAddress of(RedisUrl url) {
    return new RedisAddress(url);
  }

  /**
   * Reads what {@link RedisUrl#parse} reads; trusts whom Java trusts.
   *
   * @throws IllegalArgumentException if it is anything else; the message does not repeat it
   */
  public static RedisAddress parse(String uri) {
    return of(RedisUrl.parse(uri, new ServerTrust.JavasOwn()));
  }

  /** The place, for messages. */
  public String server() {
    return url.place().toString();
  }

  /** Whether TLS is spoken. */
  boolean isSecure() {
    return tls.isPresent();
  }

  @Override
  public String toString() {
    return url.toString();
  }

  /**
   * A connection that is made and logged in.
   *
   * @throws redis.clients.jedis.exceptions.JedisException if there is no way to Redis
   */
  Jedis connection() {
    return switch (url.place()) {
      case RedisPlace.Server server -> to(server);
      case RedisPlace.UnixSocket socket ->
          new Jedis(
              () -> UnixSocket.connect(socket.path(), (int) url.answer().toMillis()),
              config(url.connect(), url.answer(), url.login()).database(url.database()).build());
      case RedisPlace.Sentinels sentinels -> new MasterSearch(this, sentinels).connection();
    };
  }

  /** The Redis that holds the queues. */
  Jedis to(RedisPlace.Server server) {
    return open(server, config(url.connect(), url.answer(), url.login()).database(url.database()));
  }

  /** Another server of the same site, which has neither databases nor long commands. */
  Jedis to(RedisPlace.Server server, Optional<RedisLogin> login, Duration patience) {
    return open(server, config(patience, patience, login));
  }

  private Jedis open(RedisPlace.Server server, DefaultJedisClientConfig.Builder builder) {
    HostAndPort target = hostAndPort(server);
    JedisClientConfig config = builder.build();
    JedisSocketFactory plain = new DefaultJedisSocketFactory(target, config);
    JedisSocketFactory sockets =
        tls.<JedisSocketFactory>map(it -> () -> it.over(plain.createSocket(), target))
            .orElse(plain);
    return new Jedis(sockets, config);
  }

  private static DefaultJedisClientConfig.Builder config(
      Duration connect, Duration answer, Optional<RedisLogin> login) {
    int answerMillis = Math.toIntExact(answer.toMillis());
    DefaultJedisClientConfig.Builder config =
        DefaultJedisClientConfig.builder()
            // RESP2, without asking by HELLO, which old servers do not know.
            .serverDefaultProtocol()
            .connectionTimeoutMillis(Math.toIntExact(connect.toMillis()))
            .socketTimeoutMillis(answerMillis)
            .blockingSocketTimeoutMillis(answerMillis + LONGEST_COMMAND_MILLIS)
            .clientSetInfoConfig(ClientSetInfoConfig.DISABLED);
    login.flatMap(RedisLogin::user).ifPresent(config::user);
    login.ifPresent(it -> config.password(it.password().reveal()));
    return config;
  }

  private static HostAndPort hostAndPort(RedisPlace.Server server) {
    String host = server.host();
    String plain = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    return new HostAndPort(plain, server.port());
  }
}
