package io.dioptra.worker.gpu;

/** What jobs can compute on, in one line each. */
public sealed interface GpuState {
  String words();

  /** GPUs that the image's libraries can use. */
  record Usable(String words) implements GpuState {}

  /**
   * No GPU that they can use.
   *
   * @param words why, and who can change it
   */
  record Unusable(String words) implements GpuState {}
}
