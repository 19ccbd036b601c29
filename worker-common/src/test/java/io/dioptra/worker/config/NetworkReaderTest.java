package io.dioptra.worker.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NetworkReaderTest {
  private static final URI HTTP = URI.create("http://restapi:5000");
  private static final URI HTTPS = URI.create("https://restapi");

  @TempDir private Path folder;

  @Test
  void eachClientTrustsWhatItsPythonCounterpartWould() throws Exception {
    String aws = bundle("aws");
    String requests = bundle("requests");
    String curl = bundle("curl");
    String openssl = bundle("openssl");
    String mlflow = bundle("mlflow");
    assertTrust(
        Map.of("AWS_CA_BUNDLE", aws, "REQUESTS_CA_BUNDLE", requests, "CURL_CA_BUNDLE", curl),
        requests,
        requests,
        aws);
    assertTrust(Map.of("CURL_CA_BUNDLE", curl, "SSL_CERT_FILE", openssl), curl, curl, openssl);
    assertTrust(
        Map.of("REQUESTS_CA_BUNDLE", requests, "MLFLOW_TRACKING_SERVER_CERT_PATH", mlflow),
        requests,
        mlflow,
        requests);
  }

  @Test
  void withoutAnyVariableTheSystemsBundleCountsWhereThereIsOne() throws Exception {
    ServerTrust trust = reader(Map.of()).api().trust();
    Path system = Path.of("/etc/ssl/certs/ca-certificates.crt");
    assertThat(trust)
        .isEqualTo(
            Files.isReadable(system)
                ? new ServerTrust.Bundle(system, "this system")
                : new ServerTrust.JavasOwn());
  }

  @Test
  void aBundleThatCannotServeIsToldOnce() throws Exception {
    String empty = Files.writeString(folder.resolve("empty"), "").toString();
    String missing = folder.resolve("missing").toString();
    Problems problems = new Problems(Map.of("REQUESTS_CA_BUNDLE", empty, "AWS_CA_BUNDLE", missing));
    NetworkReader reader = new NetworkReader(problems);
    reader.api();
    reader.tracking();
    reader.s3();
    assertThatThrownBy(problems::throwIfAny)
        .hasMessage(
            "Cannot start: 2 settings are wrong.\n"
                + ("  REQUESTS_CA_BUNDLE=%s holds no certificate. Expected a file with the"
                        + " certificates of authorities, as PEM.\n")
                    .formatted(empty)
                + ("  AWS_CA_BUNDLE=%s cannot be read (NoSuchFileException). Expected a file with"
                        + " the certificates of authorities, as PEM.")
                    .formatted(missing));
  }

  @Test
  void eachSchemeHasItsProxyAndAllIsForBoth() throws Exception {
    ProxySettings both = proxies(Map.of("HTTP_PROXY", "http://one:8080", "https_proxy", "two"));
    assertThat(both.to(HTTP)).contains(new ProxyServer("one", 8080, Optional.empty()));
    assertThat(both.to(HTTPS)).contains(new ProxyServer("two", 80, Optional.empty()));
    ProxySettings all = proxies(Map.of("ALL_PROXY", "three:3128"));
    assertThat(all.to(HTTP)).isEqualTo(all.to(HTTPS));
    assertThat(all.to(HTTP).orElseThrow().host()).isEqualTo("three");
  }

  @Test
  void theLowerCaseWinsAlsoWhenItIsEmpty() throws Exception {
    assertThat(proxies(Map.of("HTTP_PROXY", "upper", "http_proxy", "lower")).to(HTTP))
        .map(ProxyServer::host)
        .contains("lower");
    assertThat(proxies(Map.of("HTTP_PROXY", "upper", "http_proxy", "")).to(HTTP)).isEmpty();
  }

  @Test
  void exceptionsAreAskedDirectly() throws Exception {
    ProxySettings some = proxies(Map.of("ALL_PROXY", "proxy", "NO_PROXY", "restapi:443, ::1"));
    assertThat(some.to(HTTP)).isPresent();
    assertThat(some.to(HTTPS)).isEmpty();
    assertThat(some.to(URI.create("http://[::1]:5000"))).isEmpty();
  }

  @Test
  void aPasswordIsDecodedAndNotPrinted() throws Exception {
    ProxyServer proxy =
        proxies(Map.of("HTTP_PROXY", "http://me:p%40s+s@proxy:1")).to(HTTP).orElseThrow();
    ProxyServer.Account account = proxy.account().orElseThrow();
    assertThat(account.username()).isEqualTo("me");
    assertThat(account.password().reveal()).isEqualTo("p@s+s");
    assertThat(proxy.toString()).doesNotContain("p@s");
  }

  @Test
  void aProxyThatCannotBeUsedIsToldWithoutItsPassword() {
    Problems problems =
        new Problems(Map.of("HTTPS_PROXY", "socks5://me:hidden@proxy", "HTTP_PROXY", "http://a b"));
    var _ = new NetworkReader(problems);
    assertThatThrownBy(problems::throwIfAny)
        .hasMessage(
            "Cannot start: 2 settings are wrong.\n"
                + "  HTTP_PROXY is not a usable proxy. Expected http://[user:password@]host:port.\n"
                + "  HTTPS_PROXY is not a usable proxy. Expected"
                + " http://[user:password@]host:port.");
  }

  private void assertTrust(Map<String, String> variables, String api, String tracking, String s3)
      throws Exception {
    NetworkReader reader = reader(variables);
    assertThat(file(reader.api())).isEqualTo(api);
    assertThat(file(reader.tracking())).isEqualTo(tracking);
    assertThat(file(reader.s3())).isEqualTo(s3);
  }

  private static String file(NetworkSettings network) {
    return network.trust() instanceof ServerTrust.Bundle(Path file, String _)
        ? file.toString()
        : "no bundle";
  }

  private static ProxySettings proxies(Map<String, String> variables) throws ConfigException {
    return reader(variables).api().proxies();
  }

  private static NetworkReader reader(Map<String, String> variables) throws ConfigException {
    Problems problems = new Problems(variables);
    NetworkReader reader = new NetworkReader(problems);
    reader.api();
    reader.tracking();
    reader.s3();
    problems.throwIfAny();
    return reader;
  }

  private String bundle(String name) throws IOException {
    return Files.writeString(
            folder.resolve(name), "-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n")
        .toString();
  }
}
