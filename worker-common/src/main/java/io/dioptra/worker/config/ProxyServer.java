package io.dioptra.worker.config;

import java.util.Optional;

/** A forward proxy, spoken to in plain HTTP. */
public record ProxyServer(String host, int port, Optional<Account> account) {
  /** How a client introduces itself to the proxy. */
  public record Account(String username, Secret password) {}
}
