package io.dioptra.worker.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads one URL of Redis. */
final class RedisUrlReader {
  private static final int PORT = 6379;
  private static final int SENTINEL_PORT = 26379;
  private static final int LAST_PORT = 65_535;

  // By hand, since java.net.URI knows neither "redis://" nor a host name with an underscore.
  private static final Pattern SHAPE =
      Pattern.compile(
          "(?<scheme>rediss?|unix|rediss?\\+sentinel)://(?:(?<login>[^/?#]*)@)?"
              + "(?<hosts>[^/?#@]*)(?<path>/[^?#]*)?(?:\\?(?<query>[^#]*))?");

  private static final Pattern HOST =
      Pattern.compile("(?<host>\\[[^]]+]|[^:\\[\\]]*)(?::(?<port>\\d{1,5}))?");

  private static final Pattern DATABASE = Pattern.compile("/?(?<number>\\d{0,4})");
  private static final Pattern SERVICE =
      Pattern.compile("/(?<service>[^/]+)(?:/(?<number>\\d{0,4}))?");

  private final String url;
  private final ServerTrust site;

  RedisUrlReader(String url, ServerTrust site) {
    this.url = url;
    this.site = site;
  }

  RedisUrl read() {
    Matcher parts = matched(SHAPE, url);
    String scheme = parts.group("scheme");
    String path = text(parts.group("path")).orElse("");
    RedisUrlOptions options = new RedisUrlOptions(text(parts.group("query")).orElse(""));
    Optional<String> named = options.take("db");
    Optional<RedisLogin> inQuery = options.login("");
    Optional<RedisLogin> login = text(parts.group("login")).flatMap(RedisUrlReader::login);
    RedisPlace place = place(scheme, parts.group("hosts"), path, options);
    Optional<RedisTls> tls =
        scheme.startsWith("rediss") ? Optional.of(options.tls(site)) : Optional.empty();
    RedisUrl read =
        new RedisUrl(
            place,
            Integer.parseInt(named.map(RedisUrlReader::database).orElse(database(place, path))),
            login.or(() -> inQuery),
            tls,
            options.timeout("socket_connect_timeout"),
            options.timeout("socket_timeout"));
    options.refuseTheRest();
    return read;
  }

  private RedisPlace place(String scheme, String hosts, String path, RedisUrlOptions options) {
    if (scheme.equals("unix")) {
      if (path.length() < 2 || !hosts.isEmpty()) {
        throw unusable();
      }
      return new RedisPlace.UnixSocket(Path.of(RedisUrlOptions.decoded(path)));
    }
    if (!scheme.endsWith("sentinel")) {
      return server(hosts, PORT);
    }
    List<RedisPlace.Server> sentinels =
        Stream.of(hosts.split(",")).map(it -> server(it, SENTINEL_PORT)).toList();
    String service = RedisUrlOptions.decoded(matched(SERVICE, path).group("service"));
    return new RedisPlace.Sentinels(sentinels, service, options.login("sentinel_"));
  }

  private RedisPlace.Server server(String text, int defaultPort) {
    Matcher parts = matched(HOST, text);
    int port = text(parts.group("port")).map(Integer::parseInt).orElse(defaultPort);
    if (port == 0 || port > LAST_PORT) {
      throw unusable();
    }
    return new RedisPlace.Server(
        text(parts.group("host")).map(RedisUrlOptions::decoded).orElse("localhost"), port);
  }

  private String database(RedisPlace place, String path) {
    return switch (place) {
      case RedisPlace.UnixSocket _ -> "0";
      case RedisPlace.Server _ -> database(path);
      case RedisPlace.Sentinels _ -> text(matched(SERVICE, path).group("number")).orElse("0");
    };
  }

  private static String database(String text) {
    return text(matched(DATABASE, text).group("number")).orElse("0");
  }

  private static Optional<RedisLogin> login(String userinfo) {
    // A plus sign stands for itself in this part of a URL.
    String[] parts = userinfo.replace("+", "%2B").split(":", 2);
    return RedisUrlOptions.login(
        Optional.of(RedisUrlOptions.decoded(parts[0])),
        Optional.of(parts.length > 1 ? RedisUrlOptions.decoded(parts[1]) : ""));
  }

  private static Matcher matched(Pattern shape, String text) {
    Matcher parts = shape.matcher(text);
    if (!parts.matches()) {
      throw unusable();
    }
    return parts;
  }

  private static IllegalArgumentException unusable() {
    return new IllegalArgumentException(
        RedisUrl.EXPECTED
            + " In a user's name or password, characters such as / ? # @ : have to be written as"
            + " %2F and so on.");
  }

  private static Optional<String> text(@Nullable String part) {
    return Optional.ofNullable(part).filter(text -> !text.isEmpty());
  }
}
