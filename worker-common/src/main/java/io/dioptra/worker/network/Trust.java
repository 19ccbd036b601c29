package io.dioptra.worker.network;

import io.dioptra.worker.config.ServerTrust;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** Builds what Java's TLS asks about certificates. */
public final class Trust {
  private Trust() {}

  /**
   * Reads the certificates now.
   *
   * @return empty where Java's own trust serves
   * @throws IllegalArgumentException if they cannot be read any more
   */
  public static Optional<X509TrustManager> of(ServerTrust trust) {
    return switch (trust) {
      case ServerTrust.JavasOwn _ -> Optional.empty();
      case ServerTrust.Anybody _ -> Optional.of(new Anybody());
      case ServerTrust.Bundle bundle -> Optional.of(read(bundle));
    };
  }

  /** What to do about a failure; empty where no certificate is to blame. */
  public static String advice(Throwable failure) {
    return failure instanceof SSLHandshakeException || failure instanceof SSLPeerUnverifiedException
        ? " The operator should put the authority that signed this server's certificate into the"
            + " file that REQUESTS_CA_BUNDLE names (for S3: AWS_CA_BUNDLE), and use the name that"
            + " the certificate is for."
        : "";
  }

  private static X509TrustManager read(ServerTrust.Bundle bundle) {
    try (InputStream file = Files.newInputStream(bundle.file())) {
      KeyStore authorities = KeyStore.getInstance(KeyStore.getDefaultType());
      authorities.load(null, null);
      int number = 0;
      for (Certificate it : CertificateFactory.getInstance("X.509").generateCertificates(file)) {
        authorities.setCertificateEntry(Integer.toString(number++), it);
      }
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(authorities);
      return Stream.of(factory.getTrustManagers())
          .filter(X509TrustManager.class::isInstance)
          .map(X509TrustManager.class::cast)
          .findFirst()
          .orElseThrow();
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalArgumentException(
          "The certificates in %s, named by %s, cannot be read: %s"
              .formatted(bundle.file(), bundle.source(), e.getMessage()),
          e);
    }
  }

  private static final class Anybody implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate @Nullable [] chain, @Nullable String type) {}

    @Override
    public void checkServerTrusted(X509Certificate @Nullable [] chain, @Nullable String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
