package io.dioptra.worker.config;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What stands behind the question mark, named as redis-py names it. Each is taken once. */
final class RedisUrlOptions {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final Duration LONGEST = Duration.ofHours(1);
  private static final Set<String> FALSE = Set.of("0", "F", "FALSE", "N", "NO");

  /** Those that mean something in Python only, or what this worker does anyway. */
  private static final Set<String> WITHOUT_EFFECT =
      Set.of(
          "client_name",
          "decode_responses",
          "encoding",
          "encoding_errors",
          "health_check_interval",
          "lib_name",
          "lib_version",
          "max_connections",
          "protocol",
          "retry_on_timeout",
          "socket_keepalive",
          "socket_read_size");

  private final Map<String, String> left = new LinkedHashMap<>();

  RedisUrlOptions(String query) {
    for (String option : query.split("&")) {
      String[] parts = option.split("=", 2);
      if (parts.length == 2 && !parts[1].isEmpty()) {
        left.putIfAbsent(decoded(parts[0]), decoded(parts[1]));
      }
    }
  }

  Optional<String> take(String name) {
    return Optional.ofNullable(left.remove(name));
  }

  Optional<RedisLogin> login(String prefix) {
    return login(take(prefix + "username"), take(prefix + "password"));
  }

  static Optional<RedisLogin> login(Optional<String> user, Optional<String> password) {
    Optional<String> named = user.filter(it -> !it.isEmpty());
    String word = password.orElse("");
    return named.isEmpty() && word.isEmpty()
        ? Optional.empty()
        : Optional.of(new RedisLogin(named, new Secret(word)));
  }

  Duration timeout(String name) {
    return take(name).map(text -> seconds(name, text)).orElse(TIMEOUT);
  }

  RedisTls tls(ServerTrust site) {
    Optional<ServerTrust> bundle =
        take("ssl_ca_certs").map(it -> new ServerTrust.Bundle(Path.of(it), "ssl_ca_certs"));
    boolean checksHost =
        take("ssl_check_hostname")
            .map(it -> !FALSE.contains(it.toUpperCase(Locale.ROOT)))
            .orElse(true);
    Optional<RedisTls.ClientCertificate> client = client();
    return switch (take("ssl_cert_reqs").orElse("required")) {
      // For a client, Python's "optional" is the same.
      case "required", "optional" -> new RedisTls(bundle.orElse(site), checksHost, client);
      case "none" -> new RedisTls(new ServerTrust.Anybody(), false, client);
      case String _ -> throw wrong("ssl_cert_reqs", "required, optional or none");
    };
  }

  /** A name that is not known is a mistake of whoever wrote it: it would not do what it says. */
  void refuseTheRest() {
    left.keySet().removeAll(WITHOUT_EFFECT);
    if (!left.isEmpty()) {
      String name = left.keySet().iterator().next();
      String reason =
          name.startsWith("ssl_")
              ? "is not supported, or needs rediss://"
              : "is unknown, or not for this kind of URL";
      // What looks like no name may be the rest of a password that was not encoded.
      String subject = name.matches("[a-z_]{1,40}") ? "Its option " + name : "One of its options";
      throw new IllegalArgumentException(
          subject + " " + reason + ". Remove it, or correct its name.");
    }
  }

  /** Percent signs and all. */
  static String decoded(String text) {
    try {
      String decoded = URLDecoder.decode(text, StandardCharsets.UTF_8);
      if (decoded.indexOf('\0') < 0) {
        return decoded;
      }
    } catch (IllegalArgumentException _) {
      // Told below; the exception's own text would repeat a part of it.
    }
    throw new IllegalArgumentException(
        "A percent sign in it is not followed by two hexadecimal digits of a character. A percent"
            + " sign itself is written as %25.");
  }

  private Optional<RedisTls.ClientCertificate> client() {
    Optional<Path> certificates = take("ssl_certfile").map(Path::of);
    Optional<Path> key = take("ssl_keyfile").map(Path::of);
    if (certificates.isEmpty() && key.isPresent()) {
      throw wrong("ssl_keyfile", "ssl_certfile beside it, the certificate of that key");
    }
    // As OpenSSL has it, one file may hold both.
    return certificates.map(it -> new RedisTls.ClientCertificate(it, key.orElse(it)));
  }

  private static Duration seconds(String name, String text) {
    try {
      double seconds = Double.parseDouble(text);
      if (seconds > 0 && seconds <= LONGEST.toSeconds()) {
        return Duration.ofMillis(Math.max(1, Math.round(seconds * 1000)));
      }
    } catch (NumberFormatException _) {
      // Told below, without the text.
    }
    throw wrong(name, "a number of seconds, more than 0 and at most " + LONGEST.toSeconds());
  }

  private static IllegalArgumentException wrong(String name, String expected) {
    return new IllegalArgumentException(
        "Its option %s is wrong. Expected %s.".formatted(name, expected));
  }
}
