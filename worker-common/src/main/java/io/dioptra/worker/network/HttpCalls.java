package io.dioptra.worker.network;

import io.dioptra.worker.config.NetworkSettings;
import io.dioptra.worker.config.ServerTrust;
import java.security.GeneralSecurityException;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import okhttp3.Call;
import okhttp3.ConnectionSpec;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;

/** Makes calls over HTTP the way the site's network asks for. Any thread may use it. */
public final class HttpCalls implements AutoCloseable {
  private final NetworkSettings network;
  private final OkHttpClient plain;
  private @Nullable OkHttpClient secure;

  /**
   * @param client all but what the network asks for
   */
  public HttpCalls(NetworkSettings network, OkHttpClient.Builder client) {
    this.network = network;
    SiteProxies proxies = new SiteProxies(network.proxies());
    this.plain =
        client
            // With TLS allowed, OkHttp would read Java's own certificates here and now.
            .connectionSpecs(List.of(ConnectionSpec.CLEARTEXT))
            .proxySelector(proxies)
            .proxyAuthenticator(proxies)
            .addNetworkInterceptor(proxies)
            .build();
  }

  /** A call that is not made yet. */
  public Call of(Request request) {
    return (request.isHttps() ? secure() : plain).newCall(request);
  }

  /** Closes what is kept alive. */
  public void dropIdleConnections() {
    plain.connectionPool().evictAll();
  }

  /** Reading the certificates takes a tenth of a second, which a site without TLS does not pay. */
  private synchronized OkHttpClient secure() {
    OkHttpClient present = secure;
    if (present == null) {
      OkHttpClient.Builder tls =
          plain.newBuilder().connectionSpecs(List.of(ConnectionSpec.MODERN_TLS));
      Trust.of(network.trust()).ifPresent(it -> trust(it, tls));
      present = tls.build();
      secure = present;
    }
    return present;
  }

  private void trust(X509TrustManager manager, OkHttpClient.Builder tls) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {manager}, null);
      tls.sslSocketFactory(context.getSocketFactory(), manager);
      if (network.trust() instanceof ServerTrust.Anybody) {
        tls.hostnameVerifier((_, _) -> true);
      }
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no TLS", e);
    }
  }

  @Override
  public void close() {
    plain.dispatcher().executorService().shutdown();
    plain.connectionPool().evictAll();
  }
}
