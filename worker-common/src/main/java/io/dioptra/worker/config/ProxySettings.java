package io.dioptra.worker.config;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * Through which proxy a server is asked.
 *
 * @param http for servers whose URL begins with {@code http}
 * @param https for servers whose URL begins with {@code https}
 */
public record ProxySettings(
    Optional<ProxyServer> http, Optional<ProxyServer> https, NoProxy exceptions) {
  private static final int HTTP_PORT = 80;
  private static final int HTTPS_PORT = 443;

  /** Every server is asked directly. */
  public static ProxySettings none() {
    return new ProxySettings(Optional.empty(), Optional.empty(), new NoProxy(List.of()));
  }

  /** The proxy to a server; empty for none. */
  public Optional<ProxyServer> to(URI server) {
    boolean isTls = "https".equals(server.getScheme());
    String host = Optional.ofNullable(server.getHost()).orElse("");
    int port = server.getPort() < 0 ? (isTls ? HTTPS_PORT : HTTP_PORT) : server.getPort();
    String plainHost = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    return exceptions.covers(plainHost, port) ? Optional.empty() : isTls ? https : http;
  }
}
