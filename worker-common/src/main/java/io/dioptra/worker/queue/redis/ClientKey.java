package io.dioptra.worker.queue.redis;

import io.dioptra.worker.config.RedisTls;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;

/** Reads the key and the certificates that the worker shows to a Redis that asks for them. */
final class ClientKey {
  private static final Pattern KEY =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([^-]+)-----END PRIVATE KEY-----");

  private static final Pattern CERTIFICATE =
      Pattern.compile("-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----");

  private ClientKey() {}

  /**
   * @throws IllegalArgumentException if the files cannot be read; the message is for the operator
   */
  static KeyManager read(RedisTls.ClientCertificate client) {
    try {
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      store.setKeyEntry("client", key(client.key()), new char[0], chain(client.certificates()));
      KeyManagerFactory factory =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      factory.init(store, new char[0]);
      return factory.getKeyManagers()[0];
    } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
      throw new IllegalArgumentException(
          ("The client certificate for Redis, ssl_certfile %s with ssl_keyfile %s, cannot be read:"
                  + " %s. The operator should mount both as PEM; the key without a password, as"
                  + " \"openssl pkcs8 -topk8 -nocrypt\" writes it.")
              .formatted(client.certificates(), client.key(), e),
          e);
    }
  }

  private static Certificate[] chain(Path file) throws IOException, GeneralSecurityException {
    // One file may hold the key as well, which the factory would take for a certificate.
    String certificates =
        CERTIFICATE
            .matcher(Files.readString(file, StandardCharsets.ISO_8859_1))
            .results()
            .map(MatchResult::group)
            .collect(Collectors.joining("\n"));
    InputStream pem = new ByteArrayInputStream(certificates.getBytes(StandardCharsets.ISO_8859_1));
    return CertificateFactory.getInstance("X.509")
        .generateCertificates(pem)
        .toArray(Certificate[]::new);
  }

  private static PrivateKey key(Path file) throws IOException, GeneralSecurityException {
    Matcher pem = KEY.matcher(Files.readString(file, StandardCharsets.ISO_8859_1));
    if (!pem.find()) {
      throw new InvalidKeyException("no \"BEGIN PRIVATE KEY\" in it");
    }
    PKCS8EncodedKeySpec encoded =
        new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(pem.group(1)));
    for (String algorithm : new String[] {"RSA", "EC", "EdDSA"}) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(encoded);
      } catch (GeneralSecurityException _) {
        // It is a key of another kind.
      }
    }
    throw new InvalidKeyException("its key is neither RSA nor of an elliptic curve");
  }
}
