package io.dioptra.worker.relay;

import io.dioptra.worker.job.JobId;

/** What becomes of a request. */
enum Verdict {
  LOG_OUT,
  /** Passed on as it is. */
  READ,
  /** Adds to what belongs to the job itself; doing it twice does no harm. */
  APPEND,
  /** Registers an artifact, of the job itself if its body says so. */
  REGISTER,
  REFUSED,
  /** Not in the API. */
  ABSENT;

  /** Decides by method and path alone. */
  static Verdict on(JobId job, String method, Target target) {
    boolean reads = method.equals("GET") || method.equals("HEAD");
    String path = target.inApi().orElse("");
    if (path.isEmpty()) {
      return reads && target.path().equals("health") ? READ : ABSENT;
    }
    if (reads) {
      return READ;
    }
    return method.equals("POST") ? onPost(job, path) : REFUSED;
  }

  /** Whether this is the one request that needs no session. */
  static boolean isLogIn(String method, Target target) {
    return method.equals("POST") && target.path().equals("api/v1/auth/login");
  }

  private static Verdict onPost(JobId job, String path) {
    if (path.equals("jobs/" + job + "/metrics") || path.equals("jobs/" + job + "/log")) {
      return APPEND;
    }
    return switch (path) {
      case "auth/logout" -> LOG_OUT;
      case "artifacts", "artifacts/" -> REGISTER;
      default -> REFUSED;
    };
  }
}
