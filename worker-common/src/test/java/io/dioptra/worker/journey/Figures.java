package io.dioptra.worker.journey;

import io.dioptra.worker.testing.EntrypointSource;
import java.io.IOException;
import java.util.List;

/** Two entrypoints: one writes arrays as files and as a folder, the other reads and adds them. */
record Figures(JobKind writing, JobKind reading) {
  private static final String GRAPH =
      """
      measured:
        measure:
          count: $count
      centered:
        task: center
        args: [$measured.values]
        kwargs:
          mean: $measured.mean
      """;

  private static final String ARTIFACTS =
      """
      array:
        contents: $measured.values
        task:
          name: ArrayArtifact
      table:
        contents: $centered
        task:
          name: TableArtifact
          args:
            separator: ";"
      folder:
        contents: $centered
        task:
          name: FolderArtifact
      """;

  static Figures in(Workshop shop) throws IOException, InterruptedException {
    int plugin =
        shop.client()
            .createPlugin(
                Python.plugin("arrays.py")
                    .function(
                        "measure",
                        List.of("count", "integer"),
                        List.of("values", "any", "mean", "number"))
                    .function(
                        "center",
                        List.of("values", "any", "mean", "number"),
                        List.of("rest", "any"))
                    .function(
                        "add_up",
                        List.of("first", "any", "second", "any"),
                        List.of("sum", "number"))
                    .artifact("ArrayArtifact", List.of("values", "any"))
                    .artifact("TableArtifact", List.of("values", "any"))
                    .artifact("FolderArtifact", List.of("values", "any")));
    JobKind writing =
        shop.kind(
            EntrypointSource.of(Python.unique(), GRAPH)
                .parameter("count", "integer", "10")
                .artifacts(ARTIFACTS)
                .plugins(plugin)
                .artifactPlugins(plugin));
    JobKind reading =
        shop.kind(
            EntrypointSource.of(
                    Python.unique(), "sum:\n  add_up: [$array.values, $folder.values]\n")
                .input("array", "values", "any")
                .input("folder", "values", "any")
                .plugins(plugin)
                .artifactPlugins(plugin));
    return new Figures(writing, reading);
  }
}
