package io.dioptra.worker.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ConfigReaderTest {
  private static final WorkerEnvironment WORKER =
      WorkerEnvironment.onCpu("tensorflow-cpu", "tensorflow-cpu", List.of("tensorflow", "art"));
  private static final CommandLine NOTHING_SAID = CommandLine.EMPTY;

  @Test
  void theSixVariablesAndAnInterpreterAreEnough() throws ConfigException {
    WorkerConfig config = read(complete(), NOTHING_SAID);
    assertThat(config.api().base()).hasToString("http://restapi:5000");
    assertThat(config.queues()).containsExactly("tensorflow-cpu");
    assertThat(config.rq().resultsTtl()).isEqualTo(Duration.ofSeconds(500));
    assertThat(config.logLevel()).isEqualTo("INFO");
    assertThat(config.workFolder()).isEqualTo(Path.of("/tmp"));
    assertThat(config.python().preload()).containsExactly("tensorflow", "art");
    assertThat(config.tracking().s3().endpoint()).isEmpty();
  }

  @Test
  void allProblemsAreToldAtOnce() {
    assertThatThrownBy(() -> read(Map.of(), NOTHING_SAID))
        .isInstanceOf(ConfigException.class)
        .message()
        .startsWith("Cannot start: 6 settings are wrong.\n  ")
        .contains("DIOPTRA_API is not set. Expected the base URL")
        .contains("DIOPTRA_WORKER_USERNAME is not set.")
        .contains("DIOPTRA_WORKER_PASSWORD is not set.")
        .contains("MLFLOW_TRACKING_URI is not set.")
        .contains("MLFLOW_S3_ENDPOINT_URL is not set.")
        .contains("DIOPTRA_WORKER_PYTHON is not set.");
  }

  @Test
  void oneProblemIsToldInTheSingular() {
    Map<String, String> variables = complete();
    variables.put("DIOPTRA_API", "ftp://restapi");
    assertThatThrownBy(() -> read(variables, NOTHING_SAID))
        .hasMessage(
            "Cannot start: 1 setting is wrong.\n  DIOPTRA_API is not a usable URL. Expected the"
                + " base URL of the REST API, for example http://restapi:5000.");
  }

  @Test
  void aSecretIsNeverPrinted() throws ConfigException {
    Map<String, String> variables = complete();
    variables.put("AWS_ACCESS_KEY_ID", "id");
    variables.put("AWS_SECRET_ACCESS_KEY", "hidden-key");
    variables.put("AWS_SESSION_TOKEN", "hidden-token");
    variables.put("MLFLOW_TRACKING_USERNAME", "me");
    variables.put("MLFLOW_TRACKING_PASSWORD", "hidden-mlflow");
    variables.put("RQ_REDIS_URI", "redis://:hidden-redis@redis:6379/0");
    WorkerConfig config = read(variables, NOTHING_SAID);
    assertThat(config.toString()).contains("***").doesNotContain("hidden");
    assertThat(config.redis().url().login().orElseThrow().password().reveal())
        .isEqualTo("hidden-redis");
  }

  @Test
  void aUrlThatIsWrongIsNotRepeatedForThePasswordInIt() {
    Map<String, String> variables = complete();
    variables.put("RQ_REDIS_URI", "http://:hidden@redis");
    variables.put("DIOPTRA_API", "http//me:hidden@restapi");
    variables.put("MLFLOW_TRACKING_URI", "me:hidden@mlflow");
    assertThatThrownBy(() -> read(variables, NOTHING_SAID))
        .message()
        .startsWith("Cannot start: 3 settings are wrong.")
        .doesNotContain("hidden");
  }

  @Test
  void theCommandLineWinsOverDioptrasVariableAndThatOverRqs() throws ConfigException {
    Map<String, String> variables = complete();
    variables.put("RQ_REDIS_URI", "redis://dioptra");
    variables.put("RQ_REDIS_URL", "redis://rq");
    assertThat(redis(variables, Optional.of("redis://said"))).isEqualTo("redis://said:6379/0");
    assertThat(redis(variables, Optional.empty())).isEqualTo("redis://dioptra:6379/0");
    variables.remove("RQ_REDIS_URI");
    assertThat(redis(variables, Optional.empty())).isEqualTo("redis://rq:6379/0");
  }

  @Test
  void whereNobodyNamesRedisItIsRqsDefault() throws ConfigException {
    Map<String, String> variables = complete();
    assertThat(read(variables, NOTHING_SAID).redis().isDefault()).isFalse();
    variables.remove("RQ_REDIS_URI");
    RedisSettings redis = read(variables, NOTHING_SAID).redis();
    assertThat(redis.url()).hasToString("redis://localhost:6379/0");
    assertThat(redis.isDefault()).isTrue();
  }

  @Test
  void anImageServesTheQueueOfItsOwnName() throws ConfigException {
    Map<String, String> variables = complete();
    variables.put("DIOPTRA_WORKER_IMAGE", "my-worker");
    assertThat(read(variables, NOTHING_SAID).queues()).containsExactly("my-worker");
  }

  @Test
  void aUrlOfTheCommandLineThatIsWrongIsNamedSo() {
    assertThatThrownBy(() -> redis(complete(), Optional.of("localhost")))
        .message()
        .contains("--url is not a usable URL.");
  }

  @Test
  void theUrlOfRqsOwnVariableThatIsWrongIsNamedSo() {
    Map<String, String> variables = complete();
    variables.remove("RQ_REDIS_URI");
    variables.put("RQ_REDIS_URL", "localhost");
    assertThatThrownBy(() -> redis(variables, Optional.empty()))
        .message()
        .contains("RQ_REDIS_URL is not a usable URL.");
  }

  @Test
  void whatIsWrongWithTheUrlOfRedisIsToldWithTheRestAndNotShown() {
    Map<String, String> variables = complete();
    variables.put("DIOPTRA_API", "");
    variables.put("RQ_REDIS_URI", "rediss://:hidden@redis?ssl_ca_path=/etc/ssl");
    assertThatThrownBy(() -> read(variables, NOTHING_SAID))
        .message()
        .startsWith("Cannot start: 2 settings are wrong.")
        .contains("\n  RQ_REDIS_URI is not a usable URL. Its option ssl_ca_path is not supported")
        .doesNotContain("hidden");
  }

  @Test
  void theAuthorityThatTheUrlOfRedisNamesHasToBeThere() {
    Map<String, String> variables = complete();
    variables.put("RQ_REDIS_URI", "rediss://redis?ssl_ca_certs=/not/there.pem");
    assertThatThrownBy(() -> read(variables, NOTHING_SAID))
        .message()
        .contains("ssl_ca_certs=/not/there.pem cannot be read (NoSuchFileException).");
  }

  @Test
  void redisIsTrustedAsTheOthersAre() throws ConfigException {
    Map<String, String> variables = complete();
    variables.put("RQ_REDIS_URI", "rediss+sentinel://a,b/queues");
    variables.put("SSL_CERT_FILE", "pom.xml");
    variables.put("REQUESTS_CA_BUNDLE", "");
    assertThatThrownBy(() -> read(variables, NOTHING_SAID))
        .message()
        .contains("1 setting is wrong", "SSL_CERT_FILE=pom.xml holds no certificate.");
    variables.remove("SSL_CERT_FILE");
    assertThat(read(variables, NOTHING_SAID).redis().url().tls()).isPresent();
  }

  @Test
  void whatIsSaidOnTheCommandLineCounts() throws ConfigException {
    CommandLine said = said(List.of("one", "two"), Optional.empty(), "numpy, mlflow");
    WorkerConfig config = read(complete(), said);
    assertThat(config.queues()).containsExactly("one", "two");
    assertThat(config.python().preload()).containsExactly("numpy", "mlflow");
    assertThat(config.python().learnsPreload()).isFalse();
  }

  @Test
  void onlyAutoLearnsWhatToPreload() throws ConfigException {
    assertThat(read(complete(), NOTHING_SAID).python().learnsPreload()).isTrue();
    CommandLine none = said(List.of(), Optional.empty(), "none");
    assertThat(read(complete(), none).python().learnsPreload()).isFalse();
  }

  @Test
  void noneMeansThatNothingIsPreloaded() throws ConfigException {
    CommandLine said = said(List.of(), Optional.empty(), "none");
    assertThat(read(complete(), said).python().preload()).isEmpty();
  }

  @Test
  void anEmptyQueueNameIsAProblem() {
    CommandLine said = said(List.of("", "two"), Optional.empty(), "auto");
    assertThatThrownBy(() -> read(complete(), said)).message().contains("A queue name is empty.");
  }

  @Test
  void anotherPrefixOfRqsKeysIsRefused() throws ConfigException {
    Map<String, String> variables = complete();
    variables.put("RQ_KEY_PREFIX", "rq");
    read(variables, CommandLine.EMPTY);
    variables.put("RQ_KEY_PREFIX", "tenant");

    assertThatThrownBy(() -> read(variables, CommandLine.EMPTY))
        .message()
        .contains("RQ_KEY_PREFIX=tenant is not supported");
  }

  @Test
  void aLogLevelIsTakenInAnyCaseAndNonsenseIsInfo() throws ConfigException {
    Map<String, String> variables = complete();
    variables.put("DIOPTRA_RQ_WORKER_LOG_LEVEL", " debug ");
    assertThat(read(variables, NOTHING_SAID).logLevel()).isEqualTo("DEBUG");
    variables.put("DIOPTRA_RQ_WORKER_LOG_LEVEL", "WARN");
    assertThat(read(variables, NOTHING_SAID).logLevel()).isEqualTo("INFO");
  }

  @Test
  void jobsSeeTheEnvironmentWithoutTheWorkersAccountAndAddresses() throws ConfigException {
    Map<String, String> variables = complete();
    variables.put("OBJC_DISABLE_INITIALIZE_FORK_SAFETY", "YES");
    variables.put("AWS_ACCESS_KEY_ID", "id");
    Map<String, String> seen = read(variables, NOTHING_SAID).python().environment();
    assertThat(seen)
        .containsEntry("OBJC_DISABLE_INITIALIZE_FORK_SAFETY", "YES")
        .containsKeys("AWS_ACCESS_KEY_ID", "MLFLOW_TRACKING_URI", "MLFLOW_S3_ENDPOINT_URL")
        .doesNotContainKeys("DIOPTRA_WORKER_PASSWORD", "DIOPTRA_WORKER_USERNAME", "RQ_REDIS_URI");
  }

  @Test
  void uploadArgumentsAreAFlatObjectOfTexts() throws ConfigException {
    Map<String, String> variables = complete();
    variables.put("MLFLOW_S3_UPLOAD_EXTRA_ARGS", "{\"ServerSideEncryption\": \"AES256\"}");
    assertThat(read(variables, NOTHING_SAID).tracking().s3().uploadArguments())
        .containsExactly(Map.entry("ServerSideEncryption", "AES256"));
    variables.put("MLFLOW_S3_UPLOAD_EXTRA_ARGS", "[1]");
    assertThatThrownBy(() -> read(variables, NOTHING_SAID))
        .message()
        .contains("MLFLOW_S3_UPLOAD_EXTRA_ARGS is not a flat JSON object");
  }

  private static String redis(Map<String, String> variables, Optional<String> url)
      throws ConfigException {
    CommandLine said = said(List.of(), url, "auto");
    return read(variables, said).redis().url().toString();
  }

  private static WorkerConfig read(Map<String, String> variables, CommandLine said)
      throws ConfigException {
    return new ConfigReader(WORKER, variables).read(said);
  }

  private static Map<String, String> complete() {
    return new LinkedHashMap<>(
        Map.of(
            "DIOPTRA_API", "http://restapi:5000",
            "DIOPTRA_WORKER_USERNAME", "worker",
            "DIOPTRA_WORKER_PASSWORD", "hidden-password",
            "RQ_REDIS_URI", "redis://redis:6379/0",
            "MLFLOW_TRACKING_URI", "http://mlflow:5000",
            "MLFLOW_S3_ENDPOINT_URL", "",
            "DIOPTRA_WORKER_PYTHON", "/opt/venv/bin/python"));
  }

  private static CommandLine said(List<String> queues, Optional<String> url, String preload) {
    return new CommandLine(
        queues,
        url,
        RqSettings.DEFAULT,
        WorkSettings.DEFAULT,
        JobSettings.DEFAULT,
        preload,
        TemplateSettings.DEFAULT,
        Optional.empty());
  }
}
