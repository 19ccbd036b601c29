package io.dioptra.worker.e2e.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.dioptra.worker.e2e.docker.ImageContents;
import io.dioptra.worker.e2e.docker.SavedImages;
import io.dioptra.worker.e2e.docker.TestedImage;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** What a container is started with, as Dioptra's deployments count on it. */
@ParameterizedClass
@MethodSource("io.dioptra.worker.e2e.docker.TestedImage#all")
class ImageSettingsIT {
  private final TestedImage image;
  private final ImageContents contents;

  ImageSettingsIT(TestedImage image) {
    this.image = image;
    this.contents = SavedImages.of(image);
  }

  @Test
  void runsTheEntrypointAsTheUserDioptraInTheWorkFolder() {
    JsonNode settings = contents.settings();
    assertThat(settings.get("User").asString()).isEqualTo("39000:100");
    assertThat(settings.get("WorkingDir").asString()).isEqualTo("/work");
    assertThat(texts(settings.get("Entrypoint"))).containsExactly("/usr/local/bin/entrypoint.sh");
    assertThat(texts(settings.path("Cmd"))).isEmpty();
  }

  @Test
  void keepsCertificatesInVolumes() {
    assertThat(contents.settings().get("Volumes").propertyNames())
        .containsExactlyInAnyOrder("/etc/ssl", "/usr/local/share/ca-certificates");
  }

  @Test
  void hasTheVariablesOfTheOfficialImages() {
    Map<String, String> variables = contents.environment();
    assertThat(variables)
        .containsEntry("DIOPTRA_USER", "dioptra")
        .containsEntry("DIOPTRA_UID", "39000")
        .containsEntry("DIOPTRA_GID", "100")
        .containsEntry("DIOPTRA_WORKDIR", "/work")
        .containsEntry("VIRTUAL_ENV", "/opt/venv")
        .containsEntry("DEBIAN_FRONTEND", "noninteractive")
        .containsEntry("DIOPTRA_WORKER_IMAGE", image.name());
    assertThat(List.of("LANG", "LANGUAGE", "LC_ALL"))
        .allSatisfy(name -> assertThat(variables).containsEntry(name, "C.UTF-8"));
    assertThat(variables.get("PATH")).startsWith("/opt/venv/bin:/usr/local/sbin:/usr/local/bin:");
  }

  @Test
  void hasNoVariableThatOnlyASiteCanKnow() {
    assertThat(contents.environment().keySet())
        .noneMatch(name -> name.matches("(?i).*(PASSWORD|SECRET|TOKEN|_KEY|PROXY|INDEX_URL).*"))
        .doesNotContain("DIOPTRA_API", "RQ_REDIS_URI", "MLFLOW_TRACKING_URI");
  }

  @Test
  void saysWhatItIsAndWhatItWasMadeOf() {
    Map<String, String> labels = contents.labels();
    String prefix = "org.opencontainers.image.";
    assertThat(labels)
        .containsEntry(prefix + "title", image.name())
        .containsEntry(prefix + "licenses", "Apache-2.0")
        .containsKeys(
            prefix + "version",
            prefix + "description",
            prefix + "base.name",
            prefix + "base.digest");
    assertThat(labels.get(prefix + "revision")).matches("[0-9a-f]{40}(-dirty)?");
  }

  private static List<String> texts(JsonNode array) {
    return array.isArray() ? array.valueStream().map(JsonNode::asString).toList() : List.of();
  }
}
