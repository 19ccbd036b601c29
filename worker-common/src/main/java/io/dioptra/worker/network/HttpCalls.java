package io.dioptra.worker.network;

import io.dioptra.worker.config.NetworkSettings;
import io.dioptra.worker.config.ServerTrust;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import okhttp3.Call;
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
      present = Trust.of(network.trust()).map(this::trusting).orElse(plain);
      secure = present;
    }
    return present;
  }

  private OkHttpClient trusting(X509TrustManager manager) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {manager}, null);
      OkHttpClient.Builder builder =
          plain.newBuilder().sslSocketFactory(context.getSocketFactory(), manager);
      if (network.trust() instanceof ServerTrust.Anybody) {
        builder.hostnameVerifier((_, _) -> true);
      }
      return builder.build();
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
