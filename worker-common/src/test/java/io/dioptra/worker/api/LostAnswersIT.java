package io.dioptra.worker.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dioptra.worker.api.ScriptedServer.Reaction;
import io.dioptra.worker.api.ScriptedServer.Seen;
import io.dioptra.worker.config.ApiSettings;
import io.dioptra.worker.config.NetworkSettings;
import io.dioptra.worker.config.Secret;
import io.dioptra.worker.job.ExperimentId;
import io.dioptra.worker.job.FailureKind;
import io.dioptra.worker.job.JobId;
import io.dioptra.worker.job.JobStatus;
import io.dioptra.worker.retry.MonotonicClock;
import io.dioptra.worker.retry.Patience;
import io.dioptra.worker.task.Severity;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the client makes of a server, or a network, that fails between a request and its answer. */
class LostAnswersIT {
  private static final Patience PATIENCE =
      new Patience(Duration.ofSeconds(5), Duration.ofMillis(5), Duration.ofMillis(20));
  private static final JobId JOB = new JobId(24);
  private static final ExperimentId EXPERIMENT = new ExperimentId(23);
  private static final String STATUS = "/api/v1/experiments/23/jobs/24/status";
  private static final String INVALID_TRANSITION =
      "{\"error\": \"JobInvalidStatusTransitionError\", \"message\": \"Bad Request\", \"detail\":"
          + " {}}";

  private final Deque<AutoCloseable> opened = new ArrayDeque<>();

  @AfterEach
  void closeAll() throws Exception {
    for (AutoCloseable part : opened) {
      part.close();
    }
  }

  @Test
  void aKeptAliveConnectionThatTheServerClosedCostsNothing() throws Exception {
    ScriptedServer server = server(new Reaction.ReplyAndClose(200, "{\"x\": 1}"));
    DioptraApi api = api(server.uri());

    for (int i = 0; i < 20; i++) {
      assertThat(api.parameters(JOB)).containsOnlyKeys("x");
    }
  }

  @Test
  void aStatusWhoseAnswerWasLostIsTakenForAccepted() throws Exception {
    ScriptedServer server =
        server(
            new Reaction.Close(),
            new Reaction.Reply(400, INVALID_TRANSITION),
            new Reaction.Reply(200, "{\"id\": 24, \"status\": \"started\"}"));

    StatusAnswer answer = api(server.uri()).setStatus(EXPERIMENT, JOB, JobStatus.STARTED, PATIENCE);

    assertThat(answer).isEqualTo(new StatusAnswer.Accepted());
    assertThat(server.requests())
        .containsExactly(
            "POST /api/v1/auth/login", "PUT " + STATUS, "PUT " + STATUS, "GET " + STATUS);
  }

  @Test
  void aStatusThatWasRefusedAtOnceIsSomebodyElsesDoing() throws Exception {
    ScriptedServer server =
        server(
            new Reaction.Reply(400, INVALID_TRANSITION),
            new Reaction.Reply(200, "{\"id\": 24, \"status\": \"started\"}"));

    StatusAnswer answer = api(server.uri()).setStatus(EXPERIMENT, JOB, JobStatus.STARTED, PATIENCE);

    assertThat(answer).isEqualTo(new StatusAnswer.NotAllowed(JobStatus.STARTED));
  }

  @Test
  void aDeletedJobIsGone() throws Exception {
    ScriptedServer server =
        server(
            new Reaction.Reply(
                404, "{\"error\": \"EntityDoesNotExistError\", \"message\": \"no\"}"));

    StatusAnswer answer = api(server.uri()).setStatus(EXPERIMENT, JOB, JobStatus.STARTED, PATIENCE);

    assertThat(answer).isEqualTo(new StatusAnswer.Gone("no"));
  }

  @Test
  void aServerThatIsOutOfOrderForAWhileIsAskedAgain() throws Exception {
    ScriptedServer server =
        server(
            new Reaction.Reply(500, "{\"message\": \"Internal Server Error\"}"),
            new Reaction.Reply(502, "<html>"),
            new Reaction.Reply(503, ""),
            new Reaction.Reply(200, "{\"id\": 24, \"status\": \"finished\"}"));

    assertThat(api(server.uri()).setStatus(EXPERIMENT, JOB, JobStatus.FINISHED, PATIENCE))
        .isEqualTo(new StatusAnswer.Accepted());
    assertThat(server.requests()).hasSize(5);
  }

  @Test
  void aRunThatIsSetAlreadyIsFineWhenItIsThatOne() throws Exception {
    String set = "{\"error\": \"JobMlflowRunAlreadySetError\", \"message\": \"set\"}";
    ScriptedServer server =
        server(
            new Reaction.Close(),
            new Reaction.Reply(400, set),
            new Reaction.Reply(200, "{\"mlflowRunId\": \"0a-0b\"}"),
            new Reaction.Reply(400, set),
            new Reaction.Reply(200, "{\"mlflowRunId\": \"0a0b\"}"));
    DioptraApi api = api(server.uri());

    api.setMlflowRun(JOB, "0a0b");

    assertThatThrownBy(() -> api.setMlflowRun(JOB, "0c0d"))
        .isInstanceOf(ApiException.Refused.class)
        .hasMessageContaining("JobMlflowRunAlreadySetError");
  }

  @Test
  void anArtifactWhoseAnswerWasLostKeepsItsId() throws Exception {
    ScriptedServer server =
        server(
            new Reaction.Close(),
            new Reaction.Reply(
                409,
                "{\"error\": \"EntityExistsError\", \"message\": \"\", \"detail\":"
                    + " {\"existing_id\": 44}}"));

    assertThat(api(server.uri()).registerArtifact(new ArtifactEntry(1, JOB, "s3://b/a", 2, 3, "d")))
        .isEqualTo(44);
    assertThat(server.requests()).last().isEqualTo("POST /api/v1/artifacts/");
  }

  @Test
  void aCutAnswerIsAskedForAgainButALogThatWasTakenIsNotSentTwice() throws Exception {
    ScriptedServer server =
        server(
            new Reaction.Cut("{\"x\":"),
            new Reaction.Reply(200, "{\"x\": 1}"),
            new Reaction.Cut("{"));
    DioptraApi api = api(server.uri());

    assertThat(api.parameters(JOB)).containsOnlyKeys("x");
    api.appendLog(JOB, List.of(new LogEntry(Severity.INFO, "l", "m")), PATIENCE);

    assertThat(server.requests()).hasSize(4);
  }

  @Test
  void aDownloadIsThereWhenItIsComplete(@TempDir Path folder) throws Exception {
    ScriptedServer server =
        server(new Reaction.Cut("half"), new Reaction.Reply(200, "the whole bundle"));
    Path target = folder.resolve("bundle.tar.gz");

    assertThat(api(server.uri()).pluginBundle(1, 2, target)).hasContent("the whole bundle");
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(target);
    }
    assertThat(server.requests())
        .last()
        .isEqualTo("GET /api/v1/plugins/1/snapshots/2/files/bundle?fileType=tar_gz");
  }

  @Test
  void aSilentServerIsGivenUpInTime() throws Exception {
    ScriptedServer server = server(new Reaction.Silence());
    Patience brief =
        new Patience(Duration.ofMillis(300), Duration.ofMillis(50), Duration.ofMillis(50));

    assertThatThrownBy(() -> api(server.uri()).setStatus(EXPERIMENT, JOB, JobStatus.STARTED, brief))
        .isInstanceOfSatisfying(
            ApiException.Unreachable.class,
            e -> assertThat(e.kind()).isEqualTo(FailureKind.ENVIRONMENT))
        .hasMessageContaining("PUT " + STATUS);
  }

  @Test
  void callersWithAnEndedSessionShareOneNewLogin() throws Exception {
    List<String> sessions = new ArrayList<>();
    ScriptedServer server =
        start(
            seen -> {
              synchronized (sessions) {
                if (seen.path().endsWith("/auth/login")) {
                  sessions.add("session=" + sessions.size());
                  return loggedIn(sessions.getLast());
                }
                return sessions.size() == 2 && seen.cookie().equals(sessions.getLast())
                    ? new Reaction.Reply(200, "{}")
                    : new Reaction.Reply(401, "{\"message\": \"Unauthorized\"}");
              }
            });
    DioptraApi api = api(server.uri());

    List<FutureTask<Integer>> callers = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      FutureTask<Integer> caller = new FutureTask<>(() -> api.parameters(JOB).size());
      Thread.ofVirtual().name("caller-" + i).start(caller);
      callers.add(caller);
    }
    for (FutureTask<Integer> caller : callers) {
      assertThat(caller.get()).isZero();
    }
    assertThat(sessions).hasSize(2);
  }

  @Test
  void aRefusedLoginNamesTheAccountAndNotThePassword() throws Exception {
    ScriptedServer server =
        start(
            _ ->
                new Reaction.Reply(
                    401,
                    "{\"error\": \"UserAuthenticationError\", \"message\": \"Unauthorized.\"}"));

    assertThatThrownBy(() -> api(server.uri()).logIn(PATIENCE))
        .isInstanceOf(ApiException.LoginRefused.class)
        .hasMessageContaining("\"worker\"")
        .hasMessageContaining("DIOPTRA_WORKER_PASSWORD")
        .hasMessageNotContaining("hunter2");
    assertThat(server.requests()).hasSize(1);
  }

  private ScriptedServer server(Reaction... reactions) throws IOException {
    Deque<Reaction> left = new ArrayDeque<>(List.of(reactions));
    return start(
        seen -> {
          if (seen.path().endsWith("/auth/login")) {
            return loggedIn("session=s");
          }
          synchronized (left) {
            return left.size() == 1 ? left.getFirst() : left.removeFirst();
          }
        });
  }

  private ScriptedServer start(java.util.function.Function<Seen, Reaction> script)
      throws IOException {
    ScriptedServer server = ScriptedServer.start(script);
    opened.addLast(server);
    return server;
  }

  private static Reaction loggedIn(String cookie) {
    return new Reaction.Reply(200, "{}", List.of("Set-Cookie: " + cookie + "; HttpOnly; Path=/"));
  }

  private DioptraApi api(URI base) {
    ApiSettings settings =
        new ApiSettings(base, "worker", new Secret("hunter2"), NetworkSettings.plain());
    DioptraApi api = new DioptraApi(settings, PATIENCE, MonotonicClock.system());
    opened.addFirst(api);
    return api;
  }
}
