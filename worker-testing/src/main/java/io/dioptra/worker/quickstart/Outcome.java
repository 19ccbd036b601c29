package io.dioptra.worker.quickstart;

import io.dioptra.worker.testing.SubmittedJob;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the attack showed.
 *
 * @param picture the downloaded picture
 * @param whole from submission to the end of the job
 * @param phases of the worker's work on the job, in order
 */
record Outcome(JsonNode report, Path picture, Duration whole, Map<String, Duration> phases) {
  /** Downloads the artifacts of the finished job through the REST API. */
  static Outcome of(SubmittedJob job, Path folder, Duration whole, Map<String, Duration> phases)
      throws IOException, InterruptedException {
    String report = new String(job.artifact("report").download(), StandardCharsets.UTF_8);
    Path picture = folder.resolve("attack.png");
    Files.write(picture, job.artifact("picture").download());
    return new Outcome(JsonMapper.shared().readTree(report), picture, whole, phases);
  }

  String table() {
    StringBuilder table = new StringBuilder(512);
    table.append(percent("accuracy, clean digits", "clean_accuracy"));
    table.append(percent("accuracy under FGSM", "fgsm_accuracy"));
    table.append(percent("accuracy under PGD", "pgd_accuracy"));
    phases.forEach((phase, time) -> table.append(row("time, " + phase, milliseconds(time))));
    table.append(row("submission to finished", milliseconds(whole)));
    return table.toString();
  }

  private String percent(String name, String member) {
    double share = report.path(member).asDouble();
    return row(name, String.format(Locale.ROOT, "%.1f %%", share * 100));
  }

  private static String milliseconds(Duration time) {
    return time.toMillis() + " ms";
  }

  private static String row(String name, String value) {
    return String.format(Locale.ROOT, "  %-24s %9s%n", name, value);
  }
}
