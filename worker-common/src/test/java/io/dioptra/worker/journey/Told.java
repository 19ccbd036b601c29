package io.dioptra.worker.journey;

import io.dioptra.worker.testing.EntrypointSource;
import io.dioptra.worker.testing.SubmittedJob;
import java.io.IOException;
import java.util.List;

/** Jobs of one step, {@code behave} of a file beside the tests, that does as it is told. */
record Told(JobKind kind) {
  static Told in(Workshop shop, String file) throws IOException, InterruptedException {
    int plugin =
        shop.client()
            .createPlugin(
                Python.plugin(file)
                    .function(
                        "behave",
                        List.of("how", "string", "detail", "string"),
                        List.of("result", "string")));
    return new Told(
        shop.kind(
            EntrypointSource.of(Python.unique(), "told:\n  behave: [$how, $detail]\n")
                .parameter("how", "string", "nothing")
                .parameter("detail", "string", "")
                .plugins(plugin)));
  }

  SubmittedJob submit(String how, Object detail) throws IOException, InterruptedException {
    return kind.job().value("how", how).value("detail", detail).submit();
  }
}
