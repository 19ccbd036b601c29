package io.dioptra.worker.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dioptra.worker.api.DioptraApi;
import io.dioptra.worker.api.ScriptedServer;
import io.dioptra.worker.api.ScriptedServer.Reaction;
import io.dioptra.worker.api.ScriptedServer.Seen;
import io.dioptra.worker.config.ApiSettings;
import io.dioptra.worker.config.NetworkSettings;
import io.dioptra.worker.config.Secret;
import io.dioptra.worker.job.JobId;
import io.dioptra.worker.retry.MonotonicClock;
import io.dioptra.worker.retry.Patience;
import io.dioptra.worker.task.LogLine;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What passes between a job and a server that stands for the API. */
class JobRelayIT {
  private static final String METRICS = "/api/v1/jobs/7/metrics";
  private static final String WORKERS_COOKIE = "session=of-the-worker";

  private final List<Seen> seen = Collections.synchronizedList(new ArrayList<>());
  private final List<LogLine> log = Collections.synchronizedList(new ArrayList<>());
  private final AtomicInteger lost = new AtomicInteger();
  private ScriptedServer server;
  private DioptraApi api;
  private JobRelay relay;
  private JobAccess access;
  private HttpClient client;

  @BeforeEach
  void open() throws IOException {
    server = ScriptedServer.start(this::react);
    api =
        new DioptraApi(
            new ApiSettings(
                server.uri(), "worker", new Secret("real-password"), NetworkSettings.plain()),
            Patience.of(Duration.ofSeconds(5)),
            MonotonicClock.system());
    relay = JobRelay.start(api, Clock.systemUTC());
    access = relay.open(new JobId(7), log::add);
    client = HttpClient.newHttpClient();
  }

  @AfterEach
  void close() throws IOException {
    client.close();
    access.close();
    relay.close();
    api.close();
    server.close();
  }

  private Reaction react(Seen request) {
    seen.add(request);
    if (request.path().equals("/api/v1/auth/login")) {
      return reply(200, "{}", "Set-Cookie: " + WORKERS_COOKIE + "; Path=/");
    }
    if (lost.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
      return new Reaction.Close();
    }
    return switch (request.path()) {
      case "/api/v1/cut" -> new Reaction.Cut("the beginning");
      case "/api/v1/error" -> reply(500, "{\"error\": \"JobStoreError\"}");
      case "/api/v1/jobs" -> reply(308, "", "Location: http://restapi:5000/api/v1/jobs/?index=0");
      default -> reply(200, "{\"a\": NaN}", "Set-Cookie: session=another; Path=/");
    };
  }

  private static Reaction reply(int status, String body, String... headers) {
    return new Reaction.Reply(status, body, List.of(headers));
  }

  @Test
  void anAnswerPassesUnchangedButForTheWorkersCookies() throws Exception {
    HttpResponse<String> answer = get("/api/v1/queues/?search=a%20b", logIn());

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("{\"a\": NaN}");
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
    assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
    assertThat(seen.getLast().path()).isEqualTo("/api/v1/queues/?search=a%20b");
    assertThat(seen.getLast().cookie()).isEqualTo(WORKERS_COOKIE);
    assertThat(get("/api/v1/error", logIn()).body()).isEqualTo("{\"error\": \"JobStoreError\"}");
    assertThat(get("/api/v1/jobs", logIn()).headers().firstValue("Location"))
        .contains("/api/v1/jobs/?index=0");
  }

  @Test
  void aCutAnswerIsCutForTheJobToo() throws Exception {
    String session = logIn();
    assertThatThrownBy(() -> get("/api/v1/cut", session)).isInstanceOf(IOException.class);
  }

  @Test
  void whatIsRefusedReachesTheJobsLogAndNotTheApi() throws Exception {
    HttpResponse<String> answer = post("/api/v1/jobs/8/metrics", "{}", logIn());

    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body()).contains("JobScopeError", "--job-credentials worker");
    assertThat(log).singleElement().extracting(LogLine::event).asString().contains("jobs/8");
    assertThat(seen).isEmpty();
  }

  @Test
  void anArtifactIsRegisteredForTheJobItselfOnly() throws Exception {
    String session = logIn();
    String path = "/api/v1/artifacts";

    assertThat(post(path, "{\"job\": 8}", session).statusCode()).isEqualTo(403);
    assertThat(post(path, "{\"job\": \"7\"}", session).statusCode()).isEqualTo(403);
    assertThat(post(path, "{\"job\": 7.0}", session).statusCode()).isEqualTo(403);
    assertThat(post(path, "{}", session).statusCode()).isEqualTo(403);
    assertThat(post(path, "{\"job\": 7, \"job\": 8}", session).statusCode()).isEqualTo(400);
    assertThat(post(path, "[7]", session).statusCode()).isEqualTo(400);
    assertThat(seen).isEmpty();
    assertThat(post(path, "{ \"job\" : 7, \"group\": 1}", session).statusCode()).isEqualTo(200);
    assertThat(seen.getLast().path()).isEqualTo("/api/v1/artifacts/");
    assertThat(seen.getLast().body()).isEqualTo("{\"job\":7,\"group\":1}");
  }

  @Test
  void aSessionEndsWithItsLogoutAndAllWithTheJob() throws Exception {
    String first = logIn();
    String second = logIn();

    assertThat(get("/api/v1/jobs/7", "session=guessed").statusCode()).isEqualTo(401);
    assertThat(post("/api/v1/auth/logout?everywhere=False", "", first).statusCode()).isEqualTo(200);
    assertThat(get("/api/v1/jobs/7", first).statusCode()).isEqualTo(401);
    assertThat(get("/api/v1/jobs/7", second).statusCode()).isEqualTo(200);
    access.close();
    assertThat(get("/api/v1/jobs/7", second).statusCode()).isEqualTo(401);
    assertThat(seen).extracting(Seen::path).doesNotContain("/api/v1/auth/logout");
  }

  @Test
  void whatIsTooLargeIsRefusedInWords() throws Exception {
    HttpResponse<String> answer = post(METRICS, "x".repeat(20 << 20), logIn());

    assertThat(answer.statusCode()).isEqualTo(413);
    assertThat(answer.body()).contains("4194304 bytes");
    assertThat(seen).isEmpty();
  }

  @Test
  void aLostAnswerIsAskedForAgainWhereThatDoesNoHarm() throws Exception {
    String session = logIn();
    assertThat(get("/api/v1/jobs/7", session).statusCode()).isEqualTo(200);

    lost.set(1);
    assertThat(post(METRICS, "{}", session).statusCode()).isEqualTo(200);
    lost.set(1);
    HttpResponse<String> artifact = post("/api/v1/artifacts/", "{\"job\": 7}", session);

    assertThat(artifact.statusCode()).isEqualTo(502);
    assertThat(artifact.body()).contains("ApiUnreachableError").doesNotContain(server.uri() + "");
    assertThat(seen)
        .extracting(Seen::path)
        .endsWith("/api/v1/jobs/7", METRICS, METRICS, "/api/v1/artifacts/");
  }

  private String logIn() throws IOException, InterruptedException {
    String body =
        "{\"username\": \"%s\", \"password\": \"%s\"}"
            .formatted(
                access.variables().get(JobAccess.USERNAME),
                access.variables().get(JobAccess.PASSWORD));
    HttpResponse<String> answer = post("/api/v1/auth/login", body, "");
    assertThat(answer.statusCode()).isEqualTo(200);
    String cookie = answer.headers().firstValue("Set-Cookie").orElseThrow();
    return cookie.substring(0, cookie.indexOf(';'));
  }

  private HttpResponse<String> get(String path, String session)
      throws IOException, InterruptedException {
    return client.send(request(path, session).GET().build(), BodyHandlers.ofString());
  }

  private HttpResponse<String> post(String path, String body, String session)
      throws IOException, InterruptedException {
    return client.send(
        request(path, session).POST(BodyPublishers.ofString(body)).build(),
        BodyHandlers.ofString());
  }

  private HttpRequest.Builder request(String path, String session) {
    return HttpRequest.newBuilder(URI.create(access.variables().get(JobAccess.API) + path))
        .header("Cookie", session)
        .timeout(Duration.ofSeconds(20));
  }
}
