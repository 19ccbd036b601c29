package io.dioptra.worker.relay;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.dioptra.worker.task.LogLine;
import io.dioptra.worker.task.Severity;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Answers one request after the other: who asks, may they, and what then. */
final class RelayHandler implements HttpHandler {
  private static final String LOGGER = "dioptra.worker.relay";
  private static final String ARTIFACTS = "api/v1/artifacts/";

  private final Scopes scopes;
  private final Forwarding forwarding;
  private final InstantSource clock;

  RelayHandler(Scopes scopes, Forwarding forwarding, InstantSource clock) {
    this.scopes = scopes;
    this.forwarding = forwarding;
    this.clock = clock;
  }

  /**
   * Closes the exchange only when all went well: closing would end an answer that was cut as if it
   * were complete, while an exception makes the server cut it too.
   */
  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try {
      answer(exchange);
      exchange.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("The worker ends", e);
    }
  }

  private void answer(HttpExchange exchange) throws IOException, InterruptedException {
    Optional<Target> target = Target.of(exchange.getRequestURI());
    if (target.isEmpty()) {
      refuse(exchange, Reply.badRequest("The path has escapes, dots or empty parts."));
    } else if (Verdict.isLogIn(exchange.getRequestMethod(), target.get())) {
      logIn(exchange);
    } else {
      inSession(exchange, target.get());
    }
  }

  private void logIn(HttpExchange exchange) throws IOException {
    ObjectNode body = Body.read(exchange).flatMap(Json::object).orElseGet(Json::nothing);
    String username = body.path("username").asString("");
    Optional<String> session = scopes.logIn(username, body.path("password").asString(""));
    if (session.isEmpty()) {
      Reply.wrongAccount().send(exchange);
      return;
    }
    SessionCookie.set(exchange, session.get());
    Reply.loggedIn(username).send(exchange);
  }

  private void inSession(HttpExchange exchange, Target target)
      throws IOException, InterruptedException {
    Optional<String> session = SessionCookie.of(exchange);
    Optional<Scope> known = session.flatMap(scopes::of);
    if (known.isEmpty()) {
      refuse(exchange, Reply.noSession());
      return;
    }
    Scope scope = known.get();
    scope.turns().acquire();
    try {
      Verdict verdict = Verdict.on(scope.job(), exchange.getRequestMethod(), target);
      switch (verdict) {
        case READ -> forwarding.read(exchange, target);
        case APPEND -> append(exchange, target);
        case REGISTER -> register(exchange, scope);
        case LOG_OUT -> {
          session.ifPresent(scopes::logOut);
          refuse(exchange, Reply.loggedOut(scope.username()));
        }
        case REFUSED ->
            refuse(exchange, scope, "%s %s".formatted(exchange.getRequestMethod(), target));
        case ABSENT -> refuse(exchange, Reply.absent(target));
      }
    } finally {
      scope.turns().release();
    }
  }

  private void append(HttpExchange exchange, Target target)
      throws IOException, InterruptedException {
    Optional<byte[]> body = Body.read(exchange);
    if (body.isEmpty()) {
      Reply.tooLarge(Body.LIMIT).send(exchange);
      return;
    }
    forwarding.post(exchange, target.path(), new String(body.get(), UTF_8), true);
  }

  /** What is sent on is written anew, so that the API reads the job that was read here. */
  private void register(HttpExchange exchange, Scope scope)
      throws IOException, InterruptedException {
    Optional<byte[]> body = Body.read(exchange);
    if (body.isEmpty()) {
      Reply.tooLarge(Body.LIMIT).send(exchange);
      return;
    }
    Optional<ObjectNode> artifact = Json.object(body.get());
    if (artifact.isEmpty()) {
      Reply.badRequest("The body is no JSON object with different names.").send(exchange);
      return;
    }
    JsonNode job = artifact.get().path("job");
    if (!job.isIntegralNumber() || !job.asString().equals(scope.job().toString())) {
      refuse(
          exchange,
          scope,
          "register an artifact of job " + (job.isIntegralNumber() ? job.asString() : "?"));
      return;
    }
    forwarding.post(exchange, ARTIFACTS, new String(Json.write(artifact.get()), UTF_8), false);
  }

  private void refuse(HttpExchange exchange, Scope scope, String what) throws IOException {
    Reply reply = Reply.outOfScope(scope.job(), what);
    scope.events().log(LogLine.of(clock.instant(), Severity.WARNING, LOGGER, reply.message()));
    refuse(exchange, reply);
  }

  private static void refuse(HttpExchange exchange, Reply reply) throws IOException {
    Body.drop(exchange);
    reply.send(exchange);
  }
}
