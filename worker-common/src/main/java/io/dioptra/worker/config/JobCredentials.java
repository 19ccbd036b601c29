package io.dioptra.worker.config;

/** With whose account job code gets at Dioptra's REST API. */
public enum JobCredentials {
  /** One of its own for each job, at a relay that lets it read, and write what is the job's. */
  RELAY,
  /** The worker's, as Dioptra's worker does it: job code may then do all that the worker may. */
  WORKER
}
