package io.dioptra.worker.image;

/**
 * The image cannot be built; the message says why and, where it can be known, who can change that.
 */
final class BuildFailure extends Exception {
  private static final long serialVersionUID = 1;

  BuildFailure(String message) {
    super(message);
  }
}
