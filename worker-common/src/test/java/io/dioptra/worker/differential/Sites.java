package io.dioptra.worker.differential;

import java.util.List;

/** Which artifact tasks a job may find registered. */
final class Sites {
  /** Of each site the classes. */
  static final List<List<String>> ALL =
      List.of(List.of("Plain", "Strict", "Broken"), List.of("Plain"), List.of());

  private Sites() {}
}
