package io.dioptra.worker.config;

/** How a client of the worker gets to its servers. */
public record NetworkSettings(ServerTrust trust, ProxySettings proxies) {
  /** Directly, trusting whom Java trusts. */
  public static NetworkSettings plain() {
    return new NetworkSettings(new ServerTrust.JavasOwn(), ProxySettings.none());
  }

  /** The same without a look at certificates. */
  NetworkSettings unchecked() {
    return new NetworkSettings(new ServerTrust.Anybody(), proxies);
  }
}
