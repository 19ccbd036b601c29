package io.dioptra.worker.image.sizes;

/** One thing that differs from images.lock.md, in words. */
public record Finding(Kind kind, String layer, String text) {
  /** Of what kind it is, and so whether it stops the build. */
  public enum Kind {
    UNKNOWN(true),
    GREW(true),
    TOO_LARGE(true),
    SHRANK(false),
    OVER_GOAL(false);

    private final boolean failure;

    Kind(boolean failure) {
      this.failure = failure;
    }
  }

  public boolean isFailure() {
    return kind.failure;
  }

  /** Whether it stops a build in which so much is accepted. */
  public boolean stops(Acceptance acceptance) {
    return isFailure() && !acceptance.covers(this);
  }
}
