package io.dioptra.worker.api;

import io.dioptra.worker.config.ApiSettings;
import io.dioptra.worker.network.Trust;
import io.dioptra.worker.retry.Attempts;
import io.dioptra.worker.retry.MonotonicClock;
import io.dioptra.worker.retry.Patience;
import io.dioptra.worker.retry.Trouble;
import java.io.IOException;
import java.net.URI;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * Asks the API until there is an answer: opens the session, repeats what failed on the way, and
 * remembers whether a lost attempt may have been carried out. Any thread may use it.
 */
final class ApiConnection implements AutoCloseable {
  /** MLflow's "no" arrives as a server error; it may also be MLflow's restart. */
  private static final int STORE_ATTEMPTS = 4;

  private final URI base;
  private final MonotonicClock clock;
  private final ApiHttp http;
  private final Session session;

  ApiConnection(ApiSettings settings, MonotonicClock clock) {
    this.base = settings.base();
    this.clock = clock;
    this.http = new ApiHttp(settings);
    this.session = new Session(settings, this);
  }

  <T> Answer<T> ask(Question question, AnswerReader<T> reader, Patience patience)
      throws ApiException, InterruptedException {
    return new Dialogue<>(question, reader, new Attempts(patience, clock)).untilAnswered();
  }

  void pass(PassedRequest request, PassedAnswer.Receiver receiver, Patience patience)
      throws ApiException, IOException, InterruptedException {
    new Passage(request, http, session, new Attempts(patience, clock)).to(receiver);
  }

  void logIn(Patience patience) throws ApiException, InterruptedException {
    var _ = session.cookies(new Attempts(patience, clock));
  }

  /** One question with all its attempts. */
  private final class Dialogue<T> {
    private final Question question;
    private final AnswerReader<T> reader;
    private final Attempts attempts;
    private boolean maybeDone;
    private boolean loggedInAgain;

    Dialogue(Question question, AnswerReader<T> reader, Attempts attempts) {
      this.question = question;
      this.reader = reader;
      this.attempts = attempts;
    }

    Answer<T> untilAnswered() throws ApiException, InterruptedException {
      while (true) {
        String cookies = question.anonymous() ? null : session.cookies(attempts);
        ApiHttp.Sent sent = new ApiHttp.Sent();
        try (Response response = http.ask(question, cookies, attempts.remaining(), sent)) {
          Answer<T> answer = understood(response);
          if (answer instanceof Answer.No<T> no && endsSession(no, cookies)) {
            continue;
          }
          if (!(answer instanceof Answer.No<T> no) || !isPassing(no)) {
            return answer;
          }
          waitOrGiveUp(Trouble.OUT_OF_ORDER, no.exception());
          maybeDone = true;
        } catch (IOException e) {
          if (Thread.interrupted()) {
            throw new InterruptedException();
          }
          maybeDone |= sent.maybe();
          waitOrGiveUp(Trouble.of(e), e);
        }
      }
    }

    private Answer<T> understood(Response response) throws IOException, ApiException {
      if (!response.isSuccessful()) {
        ErrorBody body = ErrorBody.of(response.body().bytes());
        return new Answer.No<>(question.toString(), response.code(), body, maybeDone);
      }
      try {
        return new Answer.Done<>(reader.read(response));
      } catch (JacksonException | IllegalArgumentException e) {
        throw new ApiException.Garbled(question.toString(), e);
      }
    }

    private boolean endsSession(Answer.No<T> no, @Nullable String cookies)
        throws ApiException, InterruptedException {
      if (no.status() != 401 || cookies == null || loggedInAgain) {
        return false;
      }
      loggedInAgain = true;
      session.renew(cookies, attempts);
      return true;
    }

    /** Whether the same question may get another answer later. */
    private boolean isPassing(Answer.No<T> no) {
      if (no.says("JobStoreError")) {
        return attempts.failed() + 1 < STORE_ATTEMPTS;
      }
      return no.status() >= 500 || no.status() == 408 || no.status() == 429;
    }

    private void waitOrGiveUp(Trouble trouble, Exception cause)
        throws ApiException, InterruptedException {
      if (trouble == Trouble.BROKEN_CONNECTION) {
        http.dropIdleConnections();
      }
      if (!attempts.again(trouble)) {
        throw new ApiException.Unreachable(
            "Dioptra's REST API at %s gave no usable answer to %s in %d attempts: %s%s"
                .formatted(
                    base, question, attempts.failed(), cause.getMessage(), Trust.advice(cause)),
            cause);
      }
    }
  }

  @Override
  public void close() {
    http.close();
  }
}
