package io.dioptra.worker.config;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Reads what Python's {@code requests} and {@code boto3} read of certificates and proxies, since
 * the worker's own clients stand in for theirs.
 */
final class NetworkReader {
  /** Debian's, which {@code update-ca-certificates} writes. */
  private static final Path SYSTEM_BUNDLE = Path.of("/etc/ssl/certs/ca-certificates.crt");

  private static final String CERTIFICATE = "-----BEGIN CERTIFICATE-----";
  private static final int PROXY_PORT = 80;

  private final Problems problems;
  private final ProxySettings proxies;

  NetworkReader(Problems problems) {
    this.problems = problems;
    this.proxies =
        new ProxySettings(
            proxy("http").or(() -> proxy("all")),
            proxy("https").or(() -> proxy("all")),
            NoProxy.parse(text("no_proxy").orElse("")));
  }

  /** For Dioptra's REST API. */
  NetworkSettings api() {
    return trusting("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "SSL_CERT_FILE");
  }

  /** For MLflow's tracking server. */
  NetworkSettings tracking() {
    return trusting(
        "MLFLOW_TRACKING_SERVER_CERT_PATH",
        "REQUESTS_CA_BUNDLE",
        "CURL_CA_BUNDLE",
        "SSL_CERT_FILE");
  }

  /** For S3. */
  NetworkSettings s3() {
    return trusting("AWS_CA_BUNDLE", "REQUESTS_CA_BUNDLE", "SSL_CERT_FILE");
  }

  /** For Redis, where its URL names no others. */
  ServerTrust redis() {
    return api().trust();
  }

  private NetworkSettings trusting(String... variables) {
    ServerTrust trust =
        Stream.of(variables)
            .flatMap(name -> problems.optional(name).map(it -> bundle(name, it)).stream())
            .findFirst()
            .orElseGet(NetworkReader::systemsOwn);
    return new NetworkSettings(trust, proxies);
  }

  private static ServerTrust systemsOwn() {
    return Files.isReadable(SYSTEM_BUNDLE)
        ? new ServerTrust.Bundle(SYSTEM_BUNDLE, "this system")
        : new ServerTrust.JavasOwn();
  }

  private ServerTrust bundle(String variable, String value) {
    ServerTrust.Bundle bundle = new ServerTrust.Bundle(Path.of(value), variable);
    check(bundle);
    return bundle;
  }

  /** Adds a problem where a file cannot hold what it should. */
  void check(ServerTrust.Bundle bundle) {
    Path file = bundle.file();
    String problem = "";
    try {
      // Its certificates are read when a server shows one: most sites speak plain HTTP inside.
      if (!Files.readString(file, StandardCharsets.ISO_8859_1).contains(CERTIFICATE)) {
        problem = " holds no certificate.";
      }
    } catch (IOException e) {
      problem = " cannot be read (%s).".formatted(e.getClass().getSimpleName());
    }
    if (!problem.isEmpty()) {
      problems.addOnce(
          "%s=%s%s Expected a file with the certificates of authorities, as PEM."
              .formatted(bundle.source(), file, problem));
    }
  }

  /** As Python's {@code urllib} does it: the lower case wins. */
  private Optional<String> text(String variable) {
    return problems
        .optional(variable)
        .or(() -> problems.optional(variable.toUpperCase(Locale.ROOT)));
  }

  private Optional<ProxyServer> proxy(String scheme) {
    String variable = scheme + "_proxy";
    if (problems.isEmpty(variable)) {
      return Optional.empty();
    }
    return text(variable).flatMap(url -> proxy(variable, url));
  }

  private Optional<ProxyServer> proxy(String variable, String url) {
    try {
      URI uri = new URI(url.contains("://") ? url : "http://" + url);
      if ("http".equals(uri.getScheme()) && uri.getHost() != null) {
        int port = uri.getPort() < 0 ? PROXY_PORT : uri.getPort();
        return Optional.of(
            new ProxyServer(
                uri.getHost(),
                port,
                Optional.ofNullable(uri.getRawUserInfo()).map(NetworkReader::account)));
      }
    } catch (URISyntaxException _) {
      // Told below; the exception's own text would repeat the value and with it a password.
    }
    problems.addOnce(
        "%s is not a usable proxy. Expected http://[user:password@]host:port."
            .formatted(variable.toUpperCase(Locale.ROOT)));
    return Optional.empty();
  }

  private static ProxyServer.Account account(String userInfo) {
    String[] parts = userInfo.split(":", 2);
    return new ProxyServer.Account(
        decoded(parts[0]), new Secret(parts.length > 1 ? decoded(parts[1]) : ""));
  }

  private static String decoded(String part) {
    // A plus sign stands for itself in this part of a URL.
    return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
  }
}
