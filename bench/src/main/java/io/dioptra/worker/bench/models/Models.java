package io.dioptra.worker.bench.models;

import io.dioptra.worker.bench.MachineLoad;
import io.dioptra.worker.bench.host.PluginRun;
import io.dioptra.worker.task.Value;
import io.dioptra.worker.testing.Checkout;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;

/** Measures models that JVM tasks call, beside the same models in Python. */
public final class Models {
  private static final List<String> FRAMEWORKS = List.of("torchscript", "savedmodel");
  private static final List<String> FIGURES = List.of("throughput", "calls");

  private static final long IMAGES = 64;

  private Models() {}

  /** Arguments: some of torchscript, savedmodel, throughput, calls; how many images. */
  public static void main(String[] args) throws Exception {
    List<String> words = List.of(args);
    long images =
        words.stream()
            .filter(it -> it.matches("\\d+"))
            .mapToLong(Long::parseLong)
            .findAny()
            .orElse(IMAGES);
    PrintStream out = System.out;
    for (String framework : chosen(FRAMEWORKS, words)) {
      String environment = framework.equals("torchscript") ? "pytorch-cpu" : "tensorflow-cpu";
      String jars = Checkout.find().resolve("worker-" + environment + "/target/worker/jvm") + "";
      for (String figure : chosen(FIGURES, words)) {
        out.println(framework + ", " + figure + "; " + MachineLoad.now());
        new PluginRun(
                environment,
                "models",
                "jvm_models." + framework + "." + figure,
                figure.equals("calls") ? List.of() : List.of(Value.Int.of(images)),
                Map.of("DIOPTRA_WORKER_JARS", jars))
            .run(out);
      }
    }
    out.println(MachineLoad.now());
  }

  private static List<String> chosen(List<String> all, List<String> words) {
    List<String> named = all.stream().filter(words::contains).toList();
    return named.isEmpty() ? all : named;
  }
}
