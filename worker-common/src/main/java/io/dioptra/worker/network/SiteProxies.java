package io.dioptra.worker.network;

import io.dioptra.worker.config.ProxyServer;
import io.dioptra.worker.config.ProxySettings;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import okhttp3.Authenticator;
import okhttp3.Credentials;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.Route;
import org.jspecify.annotations.Nullable;

/** Chooses the proxy to a server, and introduces the worker to it. */
final class SiteProxies extends ProxySelector implements Authenticator, Interceptor {
  private static final String INTRODUCTION = "Proxy-Authorization";

  private final ProxySettings settings;

  SiteProxies(ProxySettings settings) {
    this.settings = settings;
  }

  @Override
  public List<Proxy> select(@Nullable URI server) {
    Optional<ProxyServer> proxy = Optional.ofNullable(server).flatMap(settings::to);
    return List.of(proxy.map(SiteProxies::address).orElse(Proxy.NO_PROXY));
  }

  /** The failure itself is told to who asked. */
  @Override
  public void connectFailed(
      @Nullable URI server, @Nullable SocketAddress proxy, @Nullable IOException failure) {}

  /** For a tunnel, before the first attempt: who is refused then has the wrong password. */
  @Override
  public @Nullable Request authenticate(@Nullable Route route, Response refusal) {
    Request request = refusal.request();
    return request.header(INTRODUCTION) == null && account(request).isPresent()
        ? introduced(request)
        : null;
  }

  /** For what passes without a tunnel. Inside one, the words would reach the server. */
  @Override
  public Response intercept(Chain chain) throws IOException {
    Request request = chain.request();
    return chain.proceed(request.isHttps() ? request : introduced(request));
  }

  private Request introduced(Request request) {
    return account(request)
        .map(it -> Credentials.basic(it.username(), it.password().reveal()))
        .map(words -> request.newBuilder().header(INTRODUCTION, words).build())
        .orElse(request);
  }

  private Optional<ProxyServer.Account> account(Request request) {
    return settings.to(request.url().uri()).flatMap(ProxyServer::account);
  }

  private static Proxy address(ProxyServer proxy) {
    // Resolved anew for each connection.
    return new Proxy(
        Proxy.Type.HTTP, InetSocketAddress.createUnresolved(proxy.host(), proxy.port()));
  }
}
