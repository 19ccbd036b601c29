package io.dioptra.worker.deeplearning4j;

import java.io.Serial;

/** A file is no model that can be used here; the message says what was expected and found. */
final class NoModelException extends IllegalArgumentException {
  @Serial private static final long serialVersionUID = 1;

  NoModelException(String message) {
    super(message);
  }

  NoModelException(String message, Throwable cause) {
    super(message, cause);
  }
}
