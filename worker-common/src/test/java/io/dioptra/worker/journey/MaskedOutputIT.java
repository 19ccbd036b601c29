package io.dioptra.worker.journey;

import static org.assertj.core.api.Assertions.assertThat;

import io.dioptra.worker.testing.DioptraSite;
import io.dioptra.worker.testing.SharedSite;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Secrets that a job prints, however it does: row 28 of the faults. */
@ExtendWith(SharedSite.class)
class MaskedOutputIT {
  private static final Pattern REVERSED = Pattern.compile("reversed (.*) end");
  private static final String TOKEN = "hf_Ab/cd+Ef=gh1jKl";

  @Test
  void noSecretOfAJobIsSeenAnywhere(DioptraSite site) throws Exception {
    Map<String, String> variables = new HashMap<>(site.workerEnvironment());
    variables.put("HF_TOKEN", TOKEN);
    try (Workshop shop = Workshop.open(site, variables)) {
      Told told = Told.in(shop, "loud.py");
      for (String name : List.of("HF_TOKEN", "DIOPTRA_WORKER_PASSWORD")) {
        EndedJob job = shop.ended(told.submit("tell", name));
        assertThat(job.status()).isEqualTo("failed");
        Matcher reversed = REVERSED.matcher(job.log());
        assertThat(reversed.find()).as(job.log()).isTrue();
        String secret = new StringBuilder(reversed.group(1)).reverse().toString();
        assertThat(name.equals("HF_TOKEN")).isEqualTo(secret.equals(TOKEN));

        assertThat(job.log())
            .doesNotContain(secret)
            .contains("whole ***", "record ***", "quoted *** ***", "the secret is ***")
            .containsPattern("base64 \\*\\*\\*");
        assertThat(job.log().split("split \\*\\*\\*", -1)).hasSize(51);
        assertThat(job.reason()).doesNotContain(secret).contains("the secret is ***");
        assertThat(shop.worker().log()).doesNotContain(secret).contains("the secret is ***");
      }
    }
  }
}
