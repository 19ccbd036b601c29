package io.dioptra.worker.journey;

import io.dioptra.worker.testing.EntrypointSource;
import io.dioptra.worker.testing.StoredArtifact;
import io.dioptra.worker.testing.SubmittedJob;
import java.io.IOException;
import java.util.List;

/** Two entrypoints: one writes a greeting into a text artifact, the other reads it and shouts. */
record Letters(JobKind writing, String writingName, JobKind reading) {
  static Letters in(Workshop shop) throws IOException, InterruptedException {
    int greeting =
        shop.client()
            .createPlugin(
                Python.plugin("greeting.py")
                    .function("greet", List.of("name", "string"), List.of("greeting", "string"))
                    .function("shout", List.of("greeting", "string"), List.of("shout", "string")));
    int text =
        shop.client()
            .createPlugin(
                Python.plugin("text.py").artifact("TextArtifact", List.of("text", "string")));
    String name = Python.unique();
    JobKind writing =
        shop.kind(
            EntrypointSource.of(name, "greeting:\n  greet: $name\n")
                .parameter("name", "string", "World")
                .artifacts(artifact("letter", "$greeting"))
                .plugins(greeting)
                .artifactPlugins(text));
    JobKind reading =
        shop.kind(
            EntrypointSource.of(Python.unique(), "loud:\n  shout: $letter.text\n")
                .input("letter", "text", "string")
                .artifacts(artifact("answer", "$loud"))
                .plugins(greeting)
                .artifactPlugins(text));
    return new Letters(writing, name, reading);
  }

  SubmittedJob write(String name) throws IOException, InterruptedException {
    return writing.job().value("name", name).submit();
  }

  SubmittedJob read(StoredArtifact letter) throws IOException, InterruptedException {
    return reading.job().input("letter", letter).submit();
  }

  private static String artifact(String name, String contents) {
    return "%s:\n  contents: %s\n  task:\n    name: TextArtifact\n".formatted(name, contents);
  }
}
