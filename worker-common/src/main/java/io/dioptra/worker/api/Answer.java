package io.dioptra.worker.api;

/** The final answer to one request: what is left after repeating what is worth it. */
sealed interface Answer<T> {
  record Done<T>(T content) implements Answer<T> {}

  /**
   * The API said no.
   *
   * @param request what was asked, for messages
   * @param maybeDone whether an earlier attempt may have been carried out although its answer was
   *     lost, so that this refusal may only mean "you did that already"
   */
  record No<T>(String request, int status, ErrorBody body, boolean maybeDone) implements Answer<T> {
    boolean says(String error) {
      return body.error().equals(error);
    }

    ApiException.Refused exception() {
      return new ApiException.Refused(request, status, body);
    }
  }

  /** The content, or the refusal as an exception. */
  default T content() throws ApiException {
    return switch (this) {
      case Done<T>(T content) -> content;
      case No<T> no -> throw no.exception();
    };
  }
}
