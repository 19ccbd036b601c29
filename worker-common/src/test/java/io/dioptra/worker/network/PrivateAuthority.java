package io.dioptra.worker.network;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * An authority of a site's own, and one server's key that it has signed.
 *
 * @param bundle its certificate as PEM
 * @param context for the server
 */
public record PrivateAuthority(Path bundle, SSLContext context) {
  private static final String PASSWORD = "only-for-this-test";

  /** Makes both with the {@code keytool} of this Java, in a few seconds. */
  public static PrivateAuthority in(Path folder, String... names)
      throws IOException, InterruptedException, GeneralSecurityException {
    Path store = folder.resolve("keys.p12");
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
    return new PrivateAuthority(bundle, context(store));
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

  private static SSLContext context(Path store) throws IOException, GeneralSecurityException {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream file = Files.newInputStream(store)) {
      keys.load(file, PASSWORD.toCharArray());
    }
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(keys, PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(factory.getKeyManagers(), null, null);
    return context;
  }
}
