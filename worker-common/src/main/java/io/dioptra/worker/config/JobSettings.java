package io.dioptra.worker.config;

/**
 * Under which conditions job code runs.
 *
 * @param credentials what it uses Dioptra's client with
 * @param limits what a job may use
 * @param user as whom it runs
 */
public record JobSettings(JobCredentials credentials, JobLimits limits, UserChoice user) {
  /** Without any option. */
  public static final JobSettings DEFAULT =
      new JobSettings(JobCredentials.RELAY, JobLimits.DEFAULT, new UserChoice.Auto());
}
