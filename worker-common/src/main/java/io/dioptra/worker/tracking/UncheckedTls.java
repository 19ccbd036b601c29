package io.dioptra.worker.tracking;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import okhttp3.OkHttpClient;

/** Takes any certificate, because the operator said so ({@code MLFLOW_TRACKING_INSECURE_TLS}). */
final class UncheckedTls {
  private UncheckedTls() {}

  static void apply(OkHttpClient.Builder builder) {
    X509TrustManager anybody = new Anybody();
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {anybody}, new SecureRandom());
      builder.sslSocketFactory(context.getSocketFactory(), anybody);
      builder.hostnameVerifier((_, _) -> true);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no TLS", e);
    }
  }

  private static final class Anybody implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
