package io.dioptra.worker.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JobSecretsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "AWS_SECRET_ACCESS_KEY",
        "AWS_SESSION_TOKEN",
        "MLFLOW_TRACKING_PASSWORD",
        "MLFLOW_TRACKING_TOKEN",
        "HF_TOKEN",
        "WANDB_API_KEY",
        "GITHUB_PAT",
        "DBPASSWORD",
        "client-secret",
        "token",
      })
  void aNameSaysThatItsValueIsSecret(String name) {
    assertThat(JobSecrets.in(Map.of(name, "value"))).containsExactly(new Secret("value"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "AWS_ACCESS_KEY_ID",
        "TOKENIZERS_PARALLELISM",
        "PWD",
        "PATH",
        "MONKEY",
        "PASSWORD_FILE",
        "MLFLOW_TRACKING_USERNAME",
      })
  void otherNamesDoNot(String name) {
    assertThat(JobSecrets.in(Map.of(name, "value"))).isEmpty();
  }

  @Test
  void passwordsInAddressesAreSecret() {
    assertThat(JobSecrets.in(Map.of("HTTPS_PROXY", "http://me:pass%2Fword@proxy:3128/")))
        .containsExactly(new Secret("pass%2Fword"));
    assertThat(JobSecrets.in(Map.of("A", "http://host/x@y", "B", "no://[", "C", "a@b://")))
        .isEmpty();
  }
}
