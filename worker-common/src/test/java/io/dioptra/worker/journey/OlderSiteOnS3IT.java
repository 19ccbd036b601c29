package io.dioptra.worker.journey;

import static org.assertj.core.api.Assertions.assertThat;

import io.dioptra.worker.testing.ArtifactStore;
import io.dioptra.worker.testing.DioptraApiVersion;
import io.dioptra.worker.testing.EntrypointSource;
import io.dioptra.worker.testing.SiteOf;
import java.util.List;
import org.junit.jupiter.api.Test;

/** API 1.1, artifacts on S3. */
class OlderSiteOnS3IT extends EveryJourney {
  OlderSiteOnS3IT(
      @SiteOf(api = DioptraApiVersion.V1_1, artifacts = ArtifactStore.S3) Workshop shop) {
    super(shop);
  }

  /** This API hands every configuration out as it is; 1.2 refuses to. */
  @Test
  void everythingThatIsWrongWithAGraphIsInTheLog() throws Exception {
    int plugin =
        shop()
            .client()
            .createPlugin(
                Python.plugin("greeting.py")
                    .function("greet", List.of("name", "string"), List.of("greeting", "string")));
    String graph =
        """
        one:
          greet: $nowhere
        two:
          greet: [a, b]
        """;
    EndedJob job =
        shop()
            .ended(
                shop()
                    .kind(EntrypointSource.of(Python.unique(), graph).plugins(plugin))
                    .job()
                    .submit());
    assertThat(job.status()).as(job.log()).isEqualTo("failed");
    assertThat(job.mlflow()).isEqualTo("FAILED");
    assertThat(job.log())
        .contains("In step \"one\": unresolvable reference: nowhere")
        .contains("there are more positional args given than task parameters: 2 &gt; 1")
        .contains("Errors found in Job YAML")
        .doesNotContain("Running step");
  }
}
