package io.dioptra.worker.image.sizes;

import java.util.Optional;

/** What the person who builds accepts, by the property {@code image.sizes}. */
public enum Acceptance {
  NOTHING(""),
  /** Layers without a measured line: for a platform or variant that nobody has measured yet. */
  NEW("accept-new"),
  EVERYTHING("accept");

  private final String text;

  Acceptance(String text) {
    this.text = text;
  }

  public static Optional<Acceptance> of(String text) {
    for (Acceptance acceptance : values()) {
      if (acceptance.text.equals(text)) {
        return Optional.of(acceptance);
      }
    }
    return Optional.empty();
  }

  boolean covers(Finding finding) {
    return switch (this) {
      case NOTHING -> false;
      case NEW -> finding.kind() == Finding.Kind.UNKNOWN;
      case EVERYTHING -> finding.kind() != Finding.Kind.TOO_LARGE;
    };
  }
}
