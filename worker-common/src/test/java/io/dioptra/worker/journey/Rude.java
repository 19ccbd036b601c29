package io.dioptra.worker.journey;

import io.dioptra.worker.testing.EntrypointSource;
import io.dioptra.worker.testing.SubmittedJob;
import java.io.IOException;
import java.util.List;

/** Jobs of one step that behaves as it is told; {@code rude.py} knows the ways. */
record Rude(JobKind kind, int plugin) {
  static Rude in(Workshop shop) throws IOException, InterruptedException {
    int plugin =
        shop.client()
            .createPlugin(
                Python.plugin("rude.py")
                    .function(
                        "behave",
                        List.of("how", "string", "detail", "string"),
                        List.of("result", "string"))
                    .artifact("Good", List.of("text", "string"))
                    .artifact("Bad", List.of("text", "string")));
    JobKind kind =
        shop.kind(
            EntrypointSource.of(Python.unique(), "rude:\n  behave: [$how, $detail]\n")
                .parameter("how", "string", "nothing")
                .parameter("detail", "string", "")
                .plugins(plugin));
    return new Rude(kind, plugin);
  }

  SubmittedJob submit(String how, Object detail) throws IOException, InterruptedException {
    return kind.job().value("how", how).value("detail", detail).submit();
  }
}
