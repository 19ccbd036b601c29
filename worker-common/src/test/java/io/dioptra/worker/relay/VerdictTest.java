package io.dioptra.worker.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.dioptra.worker.job.JobId;
import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VerdictTest {
  private static final JobId JOB = new JobId(7);

  @ParameterizedTest
  @CsvSource({
    "GET,    /health,                               READ",
    "GET,    /api/v1/jobs/7,                        READ",
    "GET,    /api/v1/jobs/8/log?pageLength=10,      READ",
    "HEAD,   /api/v1/queues/,                       READ",
    "GET,    /api/v1/users/current,                 READ",
    "POST,   /api/v1/jobs/7/metrics,                APPEND",
    "POST,   /api/v1/jobs/7/log,                    APPEND",
    "POST,   /api/v1/artifacts,                     REGISTER",
    "POST,   /api/v1/artifacts/,                    REGISTER",
    "POST,   /api/v1/auth/logout?everywhere=True,   LOG_OUT",
    "POST,   /api/v1/jobs/8/metrics,                REFUSED",
    "POST,   /api/v1/jobs/77/metrics,               REFUSED",
    "POST,   /api/v1/jobs/07/metrics,               REFUSED",
    "POST,   /api/v1/jobs/7/metrics/,               REFUSED",
    "PUT,    /api/v1/jobs/7/metrics,                REFUSED",
    "post,   /api/v1/jobs/7/metrics,                REFUSED",
    "get,    /api/v1/jobs/7,                        REFUSED",
    "POST,   /api/v1/jobs/7/mlflowRun,              REFUSED",
    "POST,   /api/v1/jobs/7/tags,                   REFUSED",
    "PUT,    /api/v1/experiments/3/jobs/7/status,   REFUSED",
    "PUT,    /api/v1/experiments/3/jobs/8/status,   REFUSED",
    "DELETE, /api/v1/jobs/7,                        REFUSED",
    "PUT,    /api/v1/artifacts/5,                   REFUSED",
    "POST,   /api/v1/experiments/3/jobs,            REFUSED",
    "POST,   /api/v1/users/,                        REFUSED",
    "POST,   /api/v1/users/current/password,        REFUSED",
    "DELETE, /api/v1/users/current,                 REFUSED",
    "POST,   /api/v1/queues/,                       REFUSED",
    "PATCH,  /api/v1/plugins/2,                     REFUSED",
    "POST,   /api/v1/plugins/2/files,               REFUSED",
    "POST,   /api/v1/workflows/resourceImport,      REFUSED",
    "OPTIONS,/api/v1/jobs/7,                        REFUSED",
    "TRACE,  /api/v1/jobs/7,                        REFUSED",
    "GET,    /,                                     ABSENT",
    "GET,    /metrics,                              ABSENT",
    "POST,   /health,                               ABSENT",
    "POST,   /api/v2/jobs/7/metrics,                ABSENT",
  })
  void methodAndPathDecide(String method, String uri, Verdict expected) {
    Target target = Target.of(URI.create(uri)).orElseThrow();
    assertThat(Verdict.on(JOB, method, target)).isEqualTo(expected);
  }
}
