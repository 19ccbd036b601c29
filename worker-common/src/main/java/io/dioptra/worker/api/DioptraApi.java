package io.dioptra.worker.api;

import io.dioptra.worker.config.ApiSettings;
import io.dioptra.worker.job.ExperimentId;
import io.dioptra.worker.job.JobId;
import io.dioptra.worker.job.JobStatus;
import io.dioptra.worker.retry.MonotonicClock;
import io.dioptra.worker.retry.Patience;
import io.dioptra.worker.task.Value;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/**
 * Dioptra's REST API, as far as a worker needs it, versions 1.1 and 1.2.
 *
 * <p>One session for the life of the worker, opened by the first request. Any thread may call it.
 * Every request waits, and is repeated while the API is out of order, for as long as the patience
 * given; a repeated request whose first answer was lost is not taken for a refusal.
 */
public final class DioptraApi implements AutoCloseable {
  private final ApiConnection connection;
  private final Patience usual;
  private final KnownVersion version;

  /**
   * Sends nothing yet.
   *
   * @param usual the patience of requests that are not given their own
   */
  public DioptraApi(ApiSettings settings, Patience usual, MonotonicClock clock) {
    this.connection = new ApiConnection(settings, clock);
    this.usual = usual;
    this.version = new KnownVersion(clock);
  }

  /** Opens the session if it is not open, so that a wrong account is found out at once. */
  public void logIn(Patience patience) throws ApiException, InterruptedException {
    connection.logIn(patience);
  }

  /** The API's version, asked for now and then only. */
  public ApiVersion version() throws ApiException, InterruptedException {
    return version.known(
        () -> get(Question.health(), json -> ApiVersion.of(json.path("version").asString(""))));
  }

  /** Sets a job's status; {@code QUEUED} makes it new, without its MLflow run. */
  public StatusAnswer setStatus(
      ExperimentId experiment, JobId job, JobStatus status, Patience patience)
      throws ApiException, InterruptedException {
    String path = "experiments/" + experiment + "/jobs/" + job + "/status";
    // Nobody but the API itself may say "queued".
    String word = status == JobStatus.QUEUED ? "reset" : status.word();
    Question question = Question.put(path, Map.of("status", word));
    return switch (connection.ask(question, AnswerReader.nothing(), patience)) {
      case Answer.Done<?> _ -> new StatusAnswer.Accepted();
      case Answer.No<?> no when no.says("JobInvalidStatusTransitionError") -> {
        JobStatus current =
            connection
                .ask(Question.get(path), AnswerReader.json(JobRecord::status), patience)
                .content();
        yield no.maybeDone() && current == status
            ? new StatusAnswer.Accepted()
            : new StatusAnswer.NotAllowed(current);
      }
      case Answer.No<?> no when no.exception().isGone() ->
          new StatusAnswer.Gone(no.body().message());
      case Answer.No<?> no -> throw no.exception();
    };
  }

  public JobRecord job(JobId job) throws ApiException, InterruptedException {
    return get(Question.get("jobs/" + job), JobRecord::of);
  }

  /** What the engine runs, rendered for this job; empty from 1.1, which does not render. */
  public Optional<Value.Members> renderedConfiguration(JobId job)
      throws ApiException, InterruptedException {
    return version().rendersConfigurations()
        ? Optional.of(configuration("jobs/" + job))
        : Optional.empty();
  }

  /** What the engine runs where nothing is rendered: the configuration of the entrypoint. */
  public Value.Members entrypointConfiguration(JobRecord job)
      throws ApiException, InterruptedException {
    return configuration(entrypoint(job));
  }

  private Value.Members configuration(String owner) throws ApiException, InterruptedException {
    return get(
        Question.get(owner + "/config"), json -> new Value.Members(JsonValues.members(json)));
  }

  /** The typed values of the job's parameters. */
  public SequencedMap<String, Value> parameters(JobId job)
      throws ApiException, InterruptedException {
    return get(Question.get("jobs/" + job + "/parameters"), JsonValues::members);
  }

  public List<InputArtifact> inputArtifacts(JobId job) throws ApiException, InterruptedException {
    return get(Question.get("jobs/" + job + "/artifactParameters"), InputArtifact::all);
  }

  public List<ArtifactPlugin> artifactPlugins(JobRecord job)
      throws ApiException, InterruptedException {
    return get(Question.get(entrypoint(job) + "/artifactPlugins"), ArtifactPlugin::all);
  }

  /** The code of the entrypoint's task plugins, as {@code tar.gz}. */
  public Path pluginsBundle(JobRecord job, Path target)
      throws ApiException, IOException, InterruptedException {
    return download(entrypoint(job) + "/plugins/bundle?fileType=tar_gz", target);
  }

  /** The code of the entrypoint's artifact plugins, as {@code tar.gz}. */
  public Path artifactPluginsBundle(JobRecord job, Path target)
      throws ApiException, IOException, InterruptedException {
    return download(entrypoint(job) + "/artifactPlugins/bundle?fileType=tar_gz", target);
  }

  /** The code of one snapshot of a plugin, as {@code tar.gz}. */
  public Path pluginBundle(long plugin, long snapshot, Path target)
      throws ApiException, IOException, InterruptedException {
    return download(
        "plugins/%d/snapshots/%d/files/bundle?fileType=tar_gz".formatted(plugin, snapshot), target);
  }

  /** The bytes of an artifact; a folder as {@code tar.gz} with that folder at its top. */
  public Path artifactContents(InputArtifact artifact, Path target)
      throws ApiException, IOException, InterruptedException {
    String path =
        "artifacts/%d/snapshots/%d/contents".formatted(artifact.id(), artifact.snapshotId());
    return download(artifact.folder() ? path + "?fileType=tar_gz" : path, target);
  }

  /** Tells which MLflow run is the job's. Saying the same again is no error. */
  public void setMlflowRun(JobId job, String run) throws ApiException, InterruptedException {
    String path = "jobs/" + job + "/mlflowRun";
    Question question = Question.post(path, Map.of("mlflowRunId", run));
    switch (connection.ask(question, AnswerReader.nothing(), usual)) {
      case Answer.Done<?> _ -> {}
      case Answer.No<?> no when no.says("JobMlflowRunAlreadySetError") -> {
        if (!mlflowRun(job).equals(Optional.of(run.replace("-", "")))) {
          throw no.exception();
        }
      }
      case Answer.No<?> no -> throw no.exception();
    }
  }

  /** The MLflow run of a job, empty before it has one. */
  public Optional<String> mlflowRun(JobId job) throws ApiException, InterruptedException {
    String run =
        get(
            Question.get("jobs/" + job + "/mlflowRun"),
            json -> json.path("mlflowRunId").asString("").replace("-", ""));
    return Optional.of(run).filter(id -> !id.isEmpty());
  }

  /**
   * Registers an artifact that is stored already.
   *
   * @return its id; where the job has an artifact at that address already, the id of that one
   */
  public long registerArtifact(ArtifactEntry artifact) throws ApiException, InterruptedException {
    Question question = Question.post("artifacts/", artifact.body());
    AnswerReader<Long> reader = AnswerReader.json(json -> json.required("id").longValue());
    return switch (connection.ask(question, reader, usual)) {
      case Answer.Done<Long>(Long id) -> id;
      case Answer.No<Long> no
          when no.says("EntityExistsError") && no.body().existingId().isPresent() ->
          no.body().existingId().getAsLong();
      case Answer.No<Long> no -> throw no.exception();
    };
  }

  /**
   * Appends to a job's log, in order. An answer that is lost makes the entries arrive twice rather
   * than not at all.
   */
  public void appendLog(JobId job, List<LogEntry> entries, Patience patience)
      throws ApiException, InterruptedException {
    Map<String, ?> body = Map.of("data", entries.stream().map(LogEntry::body).toList());
    var _ =
        connection
            .ask(Question.post("jobs/" + job + "/log", body), AnswerReader.nothing(), patience)
            .content();
  }

  /**
   * Makes somebody else's request in the worker's session and hands over the answer, refusals
   * included. Whether it is allowed is not asked here.
   *
   * @throws IOException what {@code receiver} throws, or the end of an answer in its middle
   */
  public void pass(PassedRequest request, PassedAnswer.Receiver receiver, Patience patience)
      throws ApiException, IOException, InterruptedException {
    connection.pass(request, receiver, patience);
  }

  private static String entrypoint(JobRecord job) {
    return "entrypoints/" + job.entrypointId() + "/snapshots/" + job.entrypointSnapshotId();
  }

  private <T> T get(Question question, Function<JsonNode, T> parser)
      throws ApiException, InterruptedException {
    return connection.ask(question, AnswerReader.json(parser), usual).content();
  }

  private Path download(String path, Path target)
      throws ApiException, IOException, InterruptedException {
    try {
      return connection.ask(Question.get(path), AnswerReader.file(target), usual).content();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /** Gives up the connections. The session is not logged out: its cookies end with it. */
  @Override
  public void close() {
    connection.close();
  }
}
