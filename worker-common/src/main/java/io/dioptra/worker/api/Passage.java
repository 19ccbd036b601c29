package io.dioptra.worker.api;

import io.dioptra.worker.retry.Attempts;
import io.dioptra.worker.retry.Trouble;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;
import okhttp3.Response;

/** One request of somebody else, with all its attempts. Used by one thread, once. */
final class Passage {
  private final PassedRequest request;
  private final ApiHttp http;
  private final Session session;
  private final Attempts attempts;
  private boolean loggedInAgain;

  Passage(PassedRequest request, ApiHttp http, Session session, Attempts attempts) {
    this.request = request;
    this.http = http;
    this.session = session;
    this.attempts = attempts;
  }

  /** Asks until there is an answer, and hands that over as it comes in. */
  void to(PassedAnswer.Receiver receiver) throws ApiException, IOException, InterruptedException {
    if (!request.repeatable()) {
      // A connection that is kept alive may be closed under the request; a new one is not.
      http.dropIdleConnections();
    }
    try (Response response = answer()) {
      long length = response.body().contentLength();
      receiver.receive(
          new PassedAnswer(
              response.code(),
              Optional.ofNullable(response.header("Content-Type")),
              Optional.ofNullable(response.header("Content-Disposition")),
              Optional.ofNullable(response.header("Location")),
              length < 0 ? OptionalLong.empty() : OptionalLong.of(length),
              response.body().byteStream()));
    }
  }

  private Response answer() throws ApiException, InterruptedException {
    while (true) {
      String cookies = session.cookies(attempts);
      ApiHttp.Sent sent = new ApiHttp.Sent();
      try {
        Response response = http.pass(request, cookies, sent);
        if (!isToBeRepeated(response, cookies)) {
          return response;
        }
        response.close();
      } catch (IOException e) {
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
        waitOrGiveUp(sent, e);
      }
    }
  }

  private boolean isToBeRepeated(Response response, String cookies)
      throws ApiException, InterruptedException {
    if (response.code() == 401 && !loggedInAgain) {
      loggedInAgain = true;
      session.renew(cookies, attempts);
      return true;
    }
    return request.repeatable()
        && isPassing(response.code())
        && attempts.again(Trouble.OUT_OF_ORDER);
  }

  /** What stands between us and the API says so; its own 500 is an answer. */
  private static boolean isPassing(int status) {
    return status == 429 || (status >= 502 && status <= 504);
  }

  private void waitOrGiveUp(ApiHttp.Sent sent, IOException problem)
      throws ApiException, InterruptedException {
    Trouble trouble = Trouble.of(problem);
    if (trouble == Trouble.BROKEN_CONNECTION) {
      http.dropIdleConnections();
    }
    boolean mayBeDone = sent.maybe() && !request.repeatable();
    if (mayBeDone || !attempts.again(trouble)) {
      throw new ApiException.Unreachable(
          "Dioptra's REST API gave no answer to %s: %s".formatted(request, problem.getMessage()),
          problem);
    }
  }
}
