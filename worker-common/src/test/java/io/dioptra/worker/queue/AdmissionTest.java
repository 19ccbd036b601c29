package io.dioptra.worker.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.dioptra.worker.job.ExperimentId;
import io.dioptra.worker.job.JobId;
import io.dioptra.worker.queue.payload.Payload;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdmissionTest {
  @Test
  void aTimeoutIsSecondsOrNoneOrRqsDefault() {
    assertThat(Admission.timeout("86400")).contains(Duration.ofDays(1));
    assertThat(Admission.timeout("-1")).isEmpty();
    assertThat(Admission.timeout("")).isEqualTo(Optional.of(Duration.ofMinutes(3)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-2", "1.5", "soon", "99999999999999999999"})
  void anyOtherTimeoutIsRefused(String timeout) {
    Payload call = new Payload.Call(new JobId(1), new ExperimentId(2));

    assertThat(Admission.of(new ClaimReply.Claimed("1", "ab", "q", call, timeout, List.of())))
        .isInstanceOf(Admission.Refused.class);
  }
}
