package io.dioptra.worker.config;

import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads what MLflow's own client and its S3 store read from the environment. */
final class TrackingReader {
  private static final Set<String> HTTP = Set.of("http", "https");

  private final Problems problems;
  private final NetworkReader network;

  TrackingReader(Problems problems, NetworkReader network) {
    this.problems = problems;
    this.network = network;
  }

  TrackingSettings read() {
    String example = "the URL of MLflow's tracking server, for example http://mlflow:5000";
    String server = problems.required("MLFLOW_TRACKING_URI", example);
    return new TrackingSettings(
        problems.url("MLFLOW_TRACKING_URI", server, HTTP, example),
        account(),
        experiment(),
        problems.optional("USER").or(() -> problems.optional("DIOPTRA_USER")).orElse("dioptra"),
        !"false".equalsIgnoreCase(problems.optional("MLFLOW_TRUNCATE_LONG_VALUES").orElse("true")),
        s3(),
        unlessIgnored("MLFLOW_TRACKING_INSECURE_TLS", network.tracking()));
  }

  private TrackingSettings.Account account() {
    Optional<String> token = problems.optional("MLFLOW_TRACKING_TOKEN");
    Optional<String> username = problems.optional("MLFLOW_TRACKING_USERNAME");
    if (username.isPresent()) {
      String password = problems.optional("MLFLOW_TRACKING_PASSWORD").orElse("");
      return new TrackingSettings.Account.Password(username.get(), new Secret(password));
    }
    return token.isPresent()
        ? new TrackingSettings.Account.Token(new Secret(token.get()))
        : new TrackingSettings.Account.Anonymous();
  }

  private TrackingSettings.Experiment experiment() {
    Optional<String> name = problems.optional("MLFLOW_EXPERIMENT_NAME");
    Optional<String> id = problems.optional("MLFLOW_EXPERIMENT_ID");
    if (name.isPresent()) {
      return new TrackingSettings.Experiment.Name(name.get());
    }
    return id.isPresent()
        ? new TrackingSettings.Experiment.Id(id.get())
        : new TrackingSettings.Experiment.Default();
  }

  /** The endpoint has to be set, but may be empty: a site without S3 sets it so. */
  private S3Settings s3() {
    String name = "MLFLOW_S3_ENDPOINT_URL";
    if (!problems.isSet(name)) {
      problems.add(
          name
              + " is not set. Expected the URL of the S3 store, or an empty text where there is"
              + " none.");
    }
    Optional<URI> endpoint =
        problems
            .optional(name)
            .map(url -> problems.url(name, url, HTTP, "an http or https URL, or an empty text"));
    return new S3Settings(
        endpoint,
        problems.optional("AWS_REGION").or(() -> problems.optional("AWS_DEFAULT_REGION")),
        keys(),
        "virtual".equals(problems.optional("MLFLOW_BOTO_CLIENT_ADDRESSING_STYLE").orElse("")),
        uploadArguments(),
        unlessIgnored("MLFLOW_S3_IGNORE_TLS", network.s3()));
  }

  private NetworkSettings unlessIgnored(String variable, NetworkSettings checked) {
    return problems.flag(variable) ? checked.unchecked() : checked;
  }

  private Optional<S3Settings.Keys> keys() {
    return problems
        .optional("AWS_ACCESS_KEY_ID")
        .flatMap(
            id ->
                problems
                    .optional("AWS_SECRET_ACCESS_KEY")
                    .map(
                        secret ->
                            new S3Settings.Keys(
                                id,
                                new Secret(secret),
                                problems.optional("AWS_SESSION_TOKEN").map(Secret::new))));
  }

  private Map<String, String> uploadArguments() {
    String name = "MLFLOW_S3_UPLOAD_EXTRA_ARGS";
    Optional<Map<String, String>> arguments =
        problems.optional(name).map(FlatJson::read).orElse(Optional.of(Map.of()));
    if (arguments.isEmpty()) {
      problems.add(
          name
              + " is not a flat JSON object of texts, such as {\"ServerSideEncryption\":"
              + " \"AES256\"}.");
    }
    return new HashMap<>(arguments.orElse(Map.of()));
  }
}
