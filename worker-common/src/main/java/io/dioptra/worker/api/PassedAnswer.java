package io.dioptra.worker.api;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What the API answers to a {@link PassedRequest}, whatever its status. No cookie is in it.
 *
 * @param location where a redirection points, as the API says it
 * @param length of the body; empty where it is not known
 * @param body to be read while the answer is received, and by nobody later
 */
public record PassedAnswer(
    int status,
    Optional<String> contentType,
    Optional<String> contentDisposition,
    Optional<String> location,
    OptionalLong length,
    InputStream body) {
  /** Takes an answer. What it throws ends the passage and is thrown on. */
  @FunctionalInterface
  public interface Receiver {
    void receive(PassedAnswer answer) throws IOException;
  }
}
