package io.dioptra.worker.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

@ExtendWith(SharedSite.class)
class ExamplesIT {
  @Test
  void theImportOfTheApiTakesThemAlsoASecondTime(DioptraSite site) throws Exception {
    ImportedResources first = site.client().importFolder(Checkout.find().resolve("examples"));
    ImportedResources second = site.client().importFolder(Checkout.find().resolve("examples"));

    assertThat(first.entrypoints())
        .containsOnlyKeys(
            "greeting",
            "greeting_from_artifact",
            "digits_sklearn",
            "digits_squeezed",
            "digits_attack",
            "digits_attack_torch",
            "digits_savedmodel",
            "digits_torchscript",
            "digits_deeplearning4j");
    assertThat(second).isEqualTo(first);
  }

  @Test
  void theApiRendersAnAttackThatCanRun(DioptraSite site) throws Exception {
    DioptraClient client = site.client();
    int attack =
        client.importFolder(Checkout.find().resolve("examples")).entrypoint("digits_attack");
    int queue = client.createQueue("examples");
    client.attachQueues(attack, queue);
    int experiment = client.createExperiment("examples", attack);

    SubmittedJob job = client.job(experiment, attack, queue).value("epochs", 2).submit();
    JsonNode configuration = client.get("/jobs/" + job.id() + "/config");

    assertThat(configuration.get("graph").propertyNames())
        .containsExactly("digits", "model", "fgsm", "pgd", "report", "taken_for", "picture");
    assertThat(client.get("/jobs/" + job.id() + "/parameters").get("epochs").asInt()).isEqualTo(2);
    assertThat(job.metrics()).isEqualTo(Map.of());
  }
}
