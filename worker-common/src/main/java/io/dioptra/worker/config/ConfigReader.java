package io.dioptra.worker.config;

import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Builds the settings from a command line and an environment, and tells all problems at once. */
public final class ConfigReader {
  private static final Set<String> HTTP = Set.of("http", "https");
  private static final String RQ_DEFAULT = "redis://localhost:6379/0";
  private static final Set<String> LEVELS = Set.of("DEBUG", "INFO", "WARNING", "ERROR");

  private final WorkerEnvironment worker;
  private final Map<String, String> environment;
  private final Problems problems;

  public ConfigReader(WorkerEnvironment worker, Map<String, String> environment) {
    this.worker = worker;
    this.environment = environment;
    this.problems = new Problems(environment);
  }

  public WorkerConfig read(CommandLine said) throws ConfigException {
    NetworkReader network = new NetworkReader(problems);
    ApiSettings api = api(network);
    RedisSettings redis = redis(said, network);
    TrackingSettings tracking = new TrackingReader(problems, network).read();
    PythonSettings python = python(preload(said), said.preload().equals("auto"), said.template());
    List<String> queues = said.queues().isEmpty() ? List.of(defaultQueue()) : said.queues();
    if (queues.stream().anyMatch(String::isBlank)) {
      problems.add("A queue name is empty. Expected names such as tensorflow-cpu.");
    }
    refuseKeyPrefix();
    problems.throwIfAny();
    return new WorkerConfig(
        api,
        redis,
        tracking,
        python,
        queues,
        said.rq(),
        said.work(),
        said.job(),
        work(),
        level(said),
        problems.optional("DIOPTRA_RQ_WORKER_LOG_AS_JSON").isPresent(),
        problems.optional("DIOPTRA_WORKER_HEALTH_FILE").map(Path::of));
  }

  /** What concerns Python alone, for those who meet no server. */
  public PythonSettings readPython() throws ConfigException {
    PythonSettings python = python(worker.preload(), false, TemplateSettings.DEFAULT);
    problems.throwIfAny();
    return python;
  }

  /** Whose certificates the worker's clients would take, each once. */
  public Set<ServerTrust> readTrust() throws ConfigException {
    NetworkReader network = new NetworkReader(problems);
    Set<ServerTrust> trust = new LinkedHashSet<>();
    trust.add(network.api().trust());
    trust.add(network.tracking().trust());
    trust.add(network.s3().trust());
    problems.throwIfAny();
    return trust;
  }

  /** An image serves the queue of its own name, also one that is built on ours and says so. */
  private String defaultQueue() {
    return problems.optional("DIOPTRA_WORKER_IMAGE").orElse(worker.defaultQueue());
  }

  private ApiSettings api(NetworkReader network) {
    String example = "the base URL of the REST API, for example http://restapi:5000";
    String base = problems.required("DIOPTRA_API", example);
    return new ApiSettings(
        problems.url("DIOPTRA_API", base, HTTP, example),
        problems.required("DIOPTRA_WORKER_USERNAME", "the name of the worker's account in Dioptra"),
        new Secret(problems.required("DIOPTRA_WORKER_PASSWORD", "the password of that account")),
        network.api());
  }

  private RedisSettings redis(CommandLine said, NetworkReader network) {
    // rq's own spelling ends in L; Dioptra's in I. Both are met.
    String variable =
        problems.optional("RQ_REDIS_URI").isPresent() ? "RQ_REDIS_URI" : "RQ_REDIS_URL";
    Optional<String> named = said.redisUrl().or(() -> problems.optional(variable));
    ServerTrust trust = network.redis();
    try {
      RedisUrl url = RedisUrl.parse(named.orElse(RQ_DEFAULT), trust);
      if (url.tls().isPresent() && url.tls().get().trust() instanceof ServerTrust.Bundle bundle) {
        network.check(bundle);
      }
      return new RedisSettings(url, named.isEmpty());
    } catch (IllegalArgumentException e) {
      String name = said.redisUrl().isPresent() ? "--url" : variable;
      problems.add(name + " is not a usable URL. " + e.getMessage());
      return new RedisSettings(RedisUrl.parse(RQ_DEFAULT, trust), false);
    }
  }

  /** With another prefix this worker would wait for ever, beside the jobs. */
  private void refuseKeyPrefix() {
    problems
        .optional("RQ_KEY_PREFIX")
        .filter(prefix -> !prefix.equals("rq"))
        .ifPresent(
            prefix ->
                problems.add(
                    "RQ_KEY_PREFIX="
                        + prefix
                        + " is not supported: this worker knows RQ's keys by the prefix rq. To"
                        + " keep sites apart on one Redis, give each its database number."));
  }

  private PythonSettings python(List<String> preload, boolean learns, TemplateSettings template) {
    String python =
        problems.required(
            "DIOPTRA_WORKER_PYTHON", "the Python interpreter whose environment runs the tasks");
    return new PythonSettings(
        Path.of(python),
        problems.optional("DIOPTRA_WORKER_TASK_HOST").map(Path::of),
        preload,
        learns,
        template,
        new JobEnvironment(environment).variables());
  }

  private List<String> preload(CommandLine said) {
    return switch (said.preload()) {
      case "auto" -> worker.preload();
      case "none", "" -> List.of();
      case String modules -> Stream.of(modules.split(",")).map(String::strip).toList();
    };
  }

  private Path work() {
    return problems
        .optional("DIOPTRA_WORKDIR")
        .map(Path::of)
        .orElseGet(() -> Path.of(problems.optional("TMPDIR").orElse("/tmp")));
  }

  /** Dioptra's worker takes any other word for INFO, and says nothing. */
  private String level(CommandLine said) {
    String level =
        said.logLevel()
            .or(() -> problems.optional("DIOPTRA_RQ_WORKER_LOG_LEVEL"))
            .orElse("INFO")
            .strip()
            .toUpperCase(Locale.ROOT);
    return LEVELS.contains(level) ? level : "INFO";
  }
}
