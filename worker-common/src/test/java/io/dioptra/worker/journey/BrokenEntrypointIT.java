package io.dioptra.worker.journey;

import static org.assertj.core.api.Assertions.assertThat;

import io.dioptra.worker.testing.EntrypointSource;
import io.dioptra.worker.testing.SubmittedJob;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Jobs of entrypoints whose parts do not fit each other. */
@ExtendWith(SharedWorkshop.class)
class BrokenEntrypointIT {
  private static final List<String> NOTHING = List.of();

  @Test
  void anArtifactClassThatIsMissingFailsTheJob(Workshop shop) throws Exception {
    int plugin =
        shop.client()
            .createPlugin(Python.plugin("text.py").artifact("Nowhere", List.of("text", "string")));
    EndedJob job =
        shop.ended(
            shop.kind(greeting(shop).artifactPlugins(plugin).artifacts(artifact("Nowhere")))
                .job()
                .submit());
    assertFailed(job, "Failed to locate artifact task: Nowhere");
  }

  @Test
  void aLibraryThatIsMissingFailsTheJob(Workshop shop) throws Exception {
    int plugin =
        shop.client()
            .createPlugin(Python.plugin("unimportable.py").function("behave", NOTHING, NOTHING));
    EndedJob job =
        shop.ended(
            shop.kind(EntrypointSource.of(Python.unique(), "one:\n  behave: {}\n").plugins(plugin))
                .job()
                .submit());
    assertFailed(job, "ModuleNotFoundError: No module named 'a_library_that_nobody_has'");
  }

  @Test
  void aFunctionThatIsMissingFailsTheJob(Workshop shop) throws Exception {
    int plugin =
        shop.client()
            .createPlugin(Python.plugin("greeting.py").function("vanished", NOTHING, NOTHING));
    EndedJob job =
        shop.ended(
            shop.kind(
                    EntrypointSource.of(Python.unique(), "one:\n  vanished: {}\n").plugins(plugin))
                .job()
                .submit());
    assertFailed(job, "Could not find any function named 'vanished'");
  }

  @Test
  void anArtifactThatCannotBeWrittenDoesNotCostTheOthers(Workshop shop) throws Exception {
    Rude rude = Rude.in(shop);
    String artifacts =
        """
        bad:
          contents: $rude
          task:
            name: Bad
        good:
          contents: $rude
          task:
            name: Good
        """;
    SubmittedJob submitted =
        shop.kind(
                EntrypointSource.of(Python.unique(), "rude:\n  behave: [nothing, '']\n")
                    .artifacts(artifacts)
                    .plugins(rude.plugin())
                    .artifactPlugins(rude.plugin()))
            .job()
            .submit();
    EndedJob job = shop.ended(submitted);
    assertFailed(job, "artifact \"bad\"");
    assertThat(job.log()).contains("RuntimeError: this serializer never works");
    assertThat(submitted.artifacts()).containsOnlyKeys("good");
    assertThat(submitted.artifact("good").download()).asString().isEqualTo("did nothing");
  }

  @Test
  void anArtifactMayHaveTheNameOfItsEntrypoint(Workshop shop) throws Exception {
    Rude rude = Rude.in(shop);
    String name = Python.unique();
    SubmittedJob submitted =
        shop.kind(
                EntrypointSource.of(name, "rude:\n  behave: [nothing, '']\n")
                    .artifacts(name + ":\n  contents: $rude\n  task:\n    name: Good\n")
                    .plugins(rude.plugin())
                    .artifactPlugins(rude.plugin()))
            .job()
            .submit();
    assertThat(shop.ended(submitted).status()).isEqualTo("finished");
    assertThat(submitted.artifact(name).download()).asString().isEqualTo("did nothing");
  }

  @Test
  void anArgumentThatAnArtifactTaskDoesNotTakeIsAnIssueInTheLog(Workshop shop) throws Exception {
    int plugin =
        shop.client()
            .createPlugin(
                Python.plugin("text.py").artifact("TextArtifact", List.of("text", "string")));
    String artifacts = artifact("TextArtifact") + "    args:\n      ending: 7\n";
    EndedJob job =
        shop.ended(
            shop.kind(greeting(shop).artifactPlugins(plugin).artifacts(artifacts)).job().submit());
    assertFailed(job, "Invalid job configuration: ");
    assertThat(job.log())
        .contains("Found error in Job YAML", "message=")
        .contains("This can be mended by the owner of the job.")
        .doesNotContain("Running step");
  }

  private static EntrypointSource greeting(Workshop shop) throws Exception {
    int plugin =
        shop.client()
            .createPlugin(
                Python.plugin("greeting.py")
                    .function("greet", List.of("name", "string"), List.of("greeting", "string")));
    return EntrypointSource.of(Python.unique(), "greeting:\n  greet: Bob\n").plugins(plugin);
  }

  private static String artifact(String task) {
    return "letter:\n  contents: $greeting\n  task:\n    name: " + task + "\n";
  }

  private static void assertFailed(EndedJob job, String reason) {
    assertThat(job.log()).contains("=== Run failed ===").contains(reason);
    assertThat(job.reason()).contains(reason);
    assertThat(job.status()).isEqualTo("failed");
    assertThat(job.rq()).isEqualTo("failed");
    assertThat(job.mlflow()).isEqualTo("FAILED");
  }
}
