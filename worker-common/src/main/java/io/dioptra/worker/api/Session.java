package io.dioptra.worker.api;

import io.dioptra.worker.config.ApiSettings;
import io.dioptra.worker.retry.Attempts;
import io.dioptra.worker.retry.Patience;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import okhttp3.Cookie;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * The one login of the worker. Any thread may ask for its cookies; the first one logs in, the
 * others wait for that.
 *
 * <p>Only cookies of the login itself are kept: an answer that ends an old session must not end the
 * one that another thread has just opened.
 */
final class Session {
  private final ApiSettings settings;
  private final ApiConnection connection;
  private final ReentrantLock lock = new ReentrantLock();
  private volatile @Nullable String cookies;

  Session(ApiSettings settings, ApiConnection connection) {
    this.settings = settings;
    this.connection = connection;
  }

  /** The cookies of the session; logs in where there is none. */
  String cookies(Attempts attempts) throws ApiException, InterruptedException {
    String present = cookies;
    return present != null ? present : open(null, attempts);
  }

  /** Logs in again, unless somebody did since {@code refused} was handed out. */
  void renew(String refused, Attempts attempts) throws ApiException, InterruptedException {
    open(refused, attempts);
  }

  private String open(@Nullable String refused, Attempts attempts)
      throws ApiException, InterruptedException {
    Duration remaining = attempts.remaining();
    if (!lock.tryLock(Math.max(0, remaining.toMillis()), TimeUnit.MILLISECONDS)) {
      throw new ApiException.Unreachable("Dioptra's REST API did not answer the login in time.");
    }
    try {
      String present = cookies;
      if (present != null && !present.equals(refused)) {
        return present;
      }
      String fresh = logIn(attempts.remaining());
      cookies = fresh;
      return fresh;
    } finally {
      lock.unlock();
    }
  }

  private String logIn(Duration remaining) throws ApiException, InterruptedException {
    Question login =
        Question.post(
                "auth/login",
                Map.of("username", settings.username(), "password", settings.password().reveal()))
            .withoutSession();
    Duration limit = remaining.isPositive() ? remaining : Duration.ofMillis(1);
    return switch (connection.ask(login, Session::header, Patience.of(limit))) {
      case Answer.Done<String>(String header) -> header;
      case Answer.No<String> no -> throw refusal(no);
    };
  }

  private static String header(Response response) {
    List<Cookie> cookies = Cookie.parseAll(response.request().url(), response.headers());
    return cookies.stream()
        .filter(cookie -> !cookie.secure() || response.request().isHttps())
        .map(cookie -> cookie.name() + "=" + cookie.value())
        .collect(Collectors.joining("; "));
  }

  private ApiException refusal(Answer.No<String> no) {
    boolean account = no.status() == 401 || no.says("UserAuthenticationError");
    return new ApiException.LoginRefused(
        account
            ? ("Dioptra's REST API at %s does not accept the account \"%s\": %s The operator"
                    + " should check DIOPTRA_WORKER_USERNAME and DIOPTRA_WORKER_PASSWORD; a"
                    + " password expires 365 days after it was set.")
                .formatted(settings.base(), settings.username(), no.body().message())
            : ("What answers at %s does not log in like Dioptra's REST API: %d %s The operator"
                    + " should check DIOPTRA_API.")
                .formatted(settings.base(), no.status(), no.body().message()));
  }
}
