package io.dioptra.worker.journey;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.dioptra.worker.testing.DioptraClient;
import io.dioptra.worker.testing.EntrypointSource;
import io.dioptra.worker.testing.ImportedResources;
import io.dioptra.worker.testing.PluginSource;
import io.dioptra.worker.testing.SubmittedJob;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Graphs that use all there is, from the import of their resources to their artifacts. */
@ExtendWith(SharedWorkshop.class)
class TaskGraphIT {
  private static final Pattern STEP = Pattern.compile("Running step: (\\w+)");

  @Test
  void aGraphThatUsesEverythingDoesWhatItSays(Workshop shop) throws Exception {
    Path folder = Path.of(Objects.requireNonNull(getClass().getResource("language")).toURI());
    ImportedResources imported = shop.client().importFolder(folder);
    SubmittedJob ends = shop.kind(imported, "language_ends").job().submit();
    EveryJourney.assertFinished(shop.ended(ends));
    assertThat(ends.artifact("ends").isFolder()).isTrue();

    JobKind language = shop.kind(imported, "language");
    SubmittedJob loud = submit(language, ends, "loud");
    SubmittedJob quiet = submit(language, ends, "quiet");

    assertTold(shop, loud, "IT'S $TEXT");
    assertTold(shop, quiet, "it's $text?");
  }

  private static SubmittedJob submit(JobKind language, SubmittedJob ends, String tone)
      throws IOException, InterruptedException {
    return language
        .job()
        .value("whole", "123456789012345678901234567890")
        .value("real", "inf")
        .input("story", ends.artifact("story"))
        .input("ends", ends.artifact("ends"))
        .swap("tone", tone)
        .submit();
  }

  private static void assertTold(Workshop shop, SubmittedJob job, String said)
      throws IOException, InterruptedException {
    EveryJourney.assertFinished(shop.ended(job));
    assertThat(STEP.matcher(job.logText()).results().map(step -> step.group(1)))
        .as("the order of Python's graphlib")
        .containsExactly(
            "positional",
            "scalar",
            "absent",
            "escaped",
            "both",
            "files",
            "silent",
            "tone",
            "deep",
            "length",
            "mixed",
            "keyword",
            "told");
    assertThat(job.artifacts()).containsOnlyKeys("told", "ends");
    assertThat(job.artifact("ends").isFolder()).isTrue();
    assertThat(job.artifact("told").fileName()).isEqualTo("told.md");
    List<String> lines = new String(job.artifact("told").download(), UTF_8).lines().toList();
    assertThat(lines)
        .containsExactly(
            "",
            "\"it's $text\" 123456789012345678901234567890 inf",
            "True '-' [1, '$$two', None]",
            "{'k': {'task': [1e-05]}} '-' {'again': [123456789012345678901234567890, {'deeper':"
                + " \"-2.5 '-' '-'\"}]}",
            "5 '-' '-'",
            "None '-' '-'",
            "'$text' '$' '$'",
            "[[7], {'$text': \"it's $text\"}] 'lit $text' '-'",
            "4",
            "7",
            "10.0",
            said,
            lines.get(12),
            "-2.5 '-' '-'",
            "-7",
            "7");
    assertThat(lines.get(12))
        .contains("'.dioptra/args.json'", "'.dioptra/experiment_schema.json'")
        .contains("'.dioptra/plugins.tar.gz'", "'.dioptra/serialize.tar.gz'")
        .contains("'.dioptra/serialize/artifact_plugins.json'", "'artifact_parameters.json'")
        .contains("'language.yml'", "'parameters.json'", "/folder of ends/deeper/most.json'");
  }

  @Test
  void anInputIsReadByTheSnapshotThatWroteIt(Workshop shop) throws Exception {
    DioptraClient client = shop.client();
    PluginSource first = note(Python.plugin("note.py"));
    int plugin = client.createPlugin(first);
    SubmittedJob old = shop.kind(writing(plugin)).job().submit();
    EveryJourney.assertFinished(shop.ended(old));

    client.changePlugin(plugin, note(first.changed("\"first\"", "\"second\"")));
    SubmittedJob recent = shop.kind(writing(plugin)).job().submit();
    EveryJourney.assertFinished(shop.ended(recent));

    SubmittedJob reading =
        shop.kind(
                EntrypointSource.of(
                        Python.unique(), "notes:\n  keep: [[$old.text, $recent.text]]\n")
                    .input("old", "text", "string")
                    .input("recent", "text", "string")
                    .artifacts(artifact("$notes"))
                    .plugins(plugin)
                    .artifactPlugins(plugin))
            .job()
            .input("old", old.artifact("note"))
            .input("recent", recent.artifact("note"))
            .submit();
    EveryJourney.assertFinished(shop.ended(reading));
    assertThat(reading.artifact("note").download())
        .asString()
        .isEqualTo(
            "a, written by the first, read by the first;"
                + " a, written by the second, read by the second, written by the second");
  }

  private static PluginSource note(PluginSource source) {
    return source
        .function("keep", List.of("notes", "any"), List.of("kept", "string"))
        .artifact("NoteTask", List.of("text", "string"));
  }

  private static EntrypointSource writing(int plugin) {
    return EntrypointSource.of(Python.unique(), "notes:\n  keep: [[a]]\n")
        .artifacts(artifact("$notes"))
        .plugins(plugin)
        .artifactPlugins(plugin);
  }

  private static String artifact(String contents) {
    return "note:\n  contents: %s\n  task:\n    name: NoteTask\n".formatted(contents);
  }
}
