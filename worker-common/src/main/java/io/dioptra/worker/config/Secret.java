package io.dioptra.worker.config;

/** A text that must not be seen: it prints as {@code ***}. */
public record Secret(String reveal) {
  @Override
  public String toString() {
    return "***";
  }
}
