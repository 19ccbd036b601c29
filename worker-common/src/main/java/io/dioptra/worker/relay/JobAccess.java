package io.dioptra.worker.relay;

import java.util.Map;

/** What one job is given to get at the API. */
public interface JobAccess extends AutoCloseable {
  /** The address of the API. */
  String API = "DIOPTRA_API";

  /** Who one is there. */
  String USERNAME = "DIOPTRA_WORKER_USERNAME";

  /** And the secret to that. */
  String PASSWORD = "DIOPTRA_WORKER_PASSWORD";

  /** The environment variables that Dioptra's own client reads. */
  Map<String, String> variables();

  /** From now on the variables are worth nothing, as far as that is in our power. */
  @Override
  void close();
}
