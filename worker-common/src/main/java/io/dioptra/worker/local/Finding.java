package io.dioptra.worker.local;

import io.dioptra.worker.engine.Issue;
import io.dioptra.worker.source.Position;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/**
 * Something that was found in a file.
 *
 * @param type {@code schema}, {@code semantic} or {@code type} as Dioptra's engine has it, {@code
 *     import} for what its import of resources refuses
 */
public record Finding(
    Path file, Optional<Position> at, String type, boolean error, String message) {
  static Finding of(Issue issue, Spots.Place place) {
    return new Finding(
        place.file(),
        place.at(),
        issue.type().name().toLowerCase(Locale.ROOT),
        issue.severity() == Issue.Severity.ERROR,
        issue.message());
  }

  /** {@code error} or {@code warning}. */
  public String severity() {
    return error ? "error" : "warning";
  }

  /** One line, as compilers write it. */
  @Override
  public String toString() {
    String where = at.map(it -> ":%d:%d".formatted(it.line(), it.column())).orElse("");
    return "%s%s: %s.%s: %s".formatted(file, where, type, severity(), message);
  }
}
