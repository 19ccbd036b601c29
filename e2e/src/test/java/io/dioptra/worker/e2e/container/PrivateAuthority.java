package io.dioptra.worker.e2e.container;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.dioptra.worker.e2e.docker.Program;
import io.dioptra.worker.testing.TemporaryFolder;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * A site's own certificate authority, with one server on loopback that hands requests on to
 * another. Its keys live as long as it does.
 */
final class PrivateAuthority implements AutoCloseable {
  private static final String PASSWORD = "of-a-temporary-file";

  /** What a proxy must not hand on, or what the client sets itself. */
  private static final Set<String> OWN =
      Set.of(
          "connection", "content-length", "host", "transfer-encoding", "upgrade", "http2-settings");

  private final TemporaryFolder folder;
  private final HttpsServer server;
  private final HttpClient client = HttpClient.newHttpClient();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final URI target;

  private PrivateAuthority(TemporaryFolder folder, HttpsServer server, URI target) {
    this.folder = folder;
    this.server = server;
    this.target = target;
  }

  /** Makes keys and begins to hand requests on to {@code target}. */
  static PrivateAuthority before(URI target)
      throws IOException, InterruptedException, GeneralSecurityException {
    TemporaryFolder folder = TemporaryFolder.create("authority");
    try {
      InetSocketAddress anyPort = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0);
      HttpsServer server = HttpsServer.create(anyPort, 0);
      server.setHttpsConfigurator(new HttpsConfigurator(context(keys(folder.path()))));
      PrivateAuthority authority = new PrivateAuthority(folder, server, target);
      server.setExecutor(authority.threads);
      server.createContext("/", authority::handOn);
      server.start();
      return authority;
    } catch (IOException | InterruptedException | GeneralSecurityException e) {
      folder.close();
      throw e;
    }
  }

  /** The certificate that has to be trusted, as PEM. */
  String certificate() throws IOException {
    return Files.readString(folder.path().resolve("ca.crt"));
  }

  /** The server. */
  URI address() {
    return URI.create("https://localhost:" + server.getAddress().getPort());
  }

  private void handOn(HttpExchange exchange) throws IOException {
    try (exchange) {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(target.resolve(exchange.getRequestURI().toString()))
              .method(
                  exchange.getRequestMethod(),
                  BodyPublishers.ofByteArray(exchange.getRequestBody().readAllBytes()));
      exchange.getRequestHeaders().forEach((name, values) -> copy(name, values, request));
      HttpResponse<InputStream> answer = client.send(request.build(), BodyHandlers.ofInputStream());
      byte[] body = answer.body().readAllBytes();
      answer
          .headers()
          .map()
          .forEach(
              (name, values) -> {
                if (!OWN.contains(name)) {
                  exchange.getResponseHeaders().put(name, values);
                }
              });
      exchange.sendResponseHeaders(answer.statusCode(), body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private static void copy(String name, List<String> values, HttpRequest.Builder request) {
    if (!OWN.contains(name.toLowerCase(Locale.ROOT))) {
      values.forEach(value -> request.header(name, value));
    }
  }

  private static Path keys(Path folder) throws IOException, InterruptedException {
    keytool(folder, "-genkeypair", "-alias", "ca", "-dname", "CN=A site", "-ext", "bc:c");
    keytool(folder, "-genkeypair", "-alias", "server", "-dname", "CN=localhost");
    keytool(folder, "-exportcert", "-rfc", "-alias", "ca", "-file", "ca.crt");
    keytool(folder, "-certreq", "-alias", "server", "-file", "server.csr");
    keytool(
        folder,
        "-gencert",
        "-rfc",
        "-alias",
        "ca",
        "-ext",
        "san=dns:localhost",
        "-infile",
        "server.csr",
        "-outfile",
        "server.crt");
    keytool(folder, "-importcert", "-noprompt", "-alias", "server", "-file", "server.crt");
    return folder.resolve("keys.p12");
  }

  private static void keytool(Path folder, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(arguments));
    command.addAll(List.of("-keystore", "keys.p12", "-storepass", PASSWORD));
    if (arguments[0].equals("-genkeypair")) {
      command.addAll(List.of("-keyalg", "EC", "-validity", "2"));
    }
    Program.of(command.toArray(String[]::new)).in(folder).output();
  }

  private static SSLContext context(Path keys) throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance(keys.toFile(), PASSWORD.toCharArray());
    store.deleteEntry("ca");
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(store, PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return context;
  }

  @Override
  public void close() {
    server.stop(0);
    threads.close();
    client.close();
    folder.close();
  }
}
