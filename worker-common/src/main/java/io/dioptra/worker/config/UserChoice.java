package io.dioptra.worker.config;

/** As whom job code is to run. */
public sealed interface UserChoice {
  /** As another user where the worker is root and that user can run Python, else as the worker. */
  record Auto() implements UserChoice {}

  /** As the worker. */
  record Same() implements UserChoice {}

  /** As this user, which only root can do. */
  record Other(JobUser user) implements UserChoice {}
}
