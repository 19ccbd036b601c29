package io.dioptra.worker.network;

import io.dioptra.worker.config.ServerTrust;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/**
 * An authority of a site's own, and one server's key that it has signed.
 *
 * @param bundle its certificate as PEM
 * @param context for the server, which takes clients of this authority
 */
public record PrivateAuthority(Path bundle, SSLContext context) {
  private static final String STORE = "keys.p12";
  private static final String PASSWORD = "only-for-this-test";

  /** Makes both with the {@code keytool} of this Java, in a few seconds. */
  public static PrivateAuthority in(Path folder, String... names)
      throws IOException, InterruptedException, GeneralSecurityException {
    Path store = folder.resolve(STORE);
    Path bundle = folder.resolve("authority.pem");
    keytool(store, "-genkeypair", "-alias", "ca", "-dname", "CN=A site", "-ext", "bc:c");
    String alternatives =
        Stream.of(names)
            .map(name -> (name.matches("[0-9.]+") ? "ip:" : "dns:") + name)
            .collect(Collectors.joining(","));
    keytool(
        store,
        "-genkeypair",
        "-alias",
        "server",
        "-dname",
        "CN=server",
        "-signer",
        "ca",
        "-ext",
        "san=" + alternatives);
    keytool(store, "-exportcert", "-rfc", "-alias", "ca", "-file", bundle.toString());
    keytool(store, "-delete", "-alias", "ca");
    return new PrivateAuthority(bundle, context(store, bundle));
  }

  private static void keytool(Path store, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(arguments));
    command.addAll(List.of("-keystore", store.toString(), "-storepass", PASSWORD));
    if (arguments[0].equals("-genkeypair")) {
      command.addAll(List.of("-keyalg", "EC", "-validity", "2"));
    }
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(store.resolveSibling("keytool.log").toFile())
            .start();
    if (process.waitFor() != 0) {
      throw new IOException(Files.readString(store.resolveSibling("keytool.log")));
    }
  }

  /** Writes the key and what it was signed with as PEM, for a client that has to show them. */
  public Path client(Path file) throws IOException, GeneralSecurityException {
    KeyStore keys = keys(bundle.resolveSibling(STORE));
    Base64.Encoder text = Base64.getMimeEncoder(64, new byte[] {'\n'});
    StringBuilder pem = new StringBuilder();
    byte[] key = keys.getKey("server", PASSWORD.toCharArray()).getEncoded();
    pem.append(block("PRIVATE KEY", text.encodeToString(key)));
    for (Certificate certificate : keys.getCertificateChain("server")) {
      pem.append(block("CERTIFICATE", text.encodeToString(certificate.getEncoded())));
    }
    return Files.writeString(file, pem);
  }

  private static String block(String what, String content) {
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(what, content, what);
  }

  private static SSLContext context(Path store, Path bundle)
      throws IOException, GeneralSecurityException {
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(keys(store), PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    TrustManager[] clients = {Trust.of(new ServerTrust.Bundle(bundle, "this test")).orElseThrow()};
    context.init(factory.getKeyManagers(), clients, null);
    return context;
  }

  private static KeyStore keys(Path store) throws IOException, GeneralSecurityException {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream file = Files.newInputStream(store)) {
      keys.load(file, PASSWORD.toCharArray());
    }
    return keys;
  }
}
