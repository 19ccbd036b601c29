package io.dioptra.worker.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.dioptra.worker.task.JsonText;
import io.dioptra.worker.testing.Checkout;
import io.dioptra.worker.testing.DioptraClient;
import io.dioptra.worker.testing.DioptraSite;
import io.dioptra.worker.testing.ImportedResources;
import io.dioptra.worker.testing.SharedSite;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What is put together here is what the API puts together. */
@ExtendWith(SharedSite.class)
class RenderedConfigurationIT {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS).build();

  @ParameterizedTest
  @ValueSource(
      strings = {"examples", "worker-common/src/test/resources/io/dioptra/worker/local/hard"})
  void everyEntrypointOfAFolderIsPutTogetherAsByTheApi(String name, DioptraSite site)
      throws Exception {
    Path folder = Checkout.find().resolve(name);
    DioptraClient client = site.client();
    ImportedResources imported = client.importFolder(folder);
    List<Subject> subjects =
        new SubjectReader(Optional.empty(), Optional.empty()).read(folder.resolve("dioptra.toml"));

    assertThat(subjects.stream().map(Subject::name))
        .hasSameElementsAs(imported.entrypoints().keySet());
    for (Subject subject : subjects) {
      int id = imported.entrypoint(subject.name());
      JsonNode theirs = configuration(client, id);
      JsonNode ours = JSON.readTree(JsonText.of(subject.configuration()));
      assertThat(ours.propertyNames()).containsExactlyInAnyOrderElementsOf(theirs.propertyNames());
      for (String section :
          List.of("parameters", "tasks", "graph", "artifact_outputs", "artifact_inputs")) {
        assertThat(ours.get(section))
            .as("%s of %s", section, subject.name())
            .isEqualTo(theirs.get(section));
      }
      // Order counts in these.
      for (String section : List.of("parameters", "graph", "artifact_outputs", "artifact_inputs")) {
        assertThat(ours.get(section).propertyNames())
            .as("%s of %s", section, subject.name())
            .containsExactlyElementsOf(theirs.get(section).propertyNames());
      }
      // Theirs has all types of the group, those of other tests too.
      for (Map.Entry<String, JsonNode> type : ours.get("types").properties()) {
        assertThat(type.getValue())
            .as(type.getKey())
            .isEqualTo(theirs.get("types").get(type.getKey()));
      }
    }
  }

  private static JsonNode configuration(DioptraClient client, int entrypoint) throws Exception {
    int snapshot = client.get("/entrypoints/" + entrypoint).get("snapshot").asInt();
    return client.get(
        "/entrypoints/%d/snapshots/%d/config?partial=true".formatted(entrypoint, snapshot));
  }
}
