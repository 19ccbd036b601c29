package io.dioptra.worker.app;

import io.dioptra.worker.config.TemplateSettings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** The options that say what Python imports before the first job, and for how long it keeps it. */
final class TemplateOptions {
  private String preload = "auto";
  private int maxForks = TemplateSettings.DEFAULT.maxForks();
  private Optional<Duration> idle = TemplateSettings.DEFAULT.idle();

  List<Option> options() {
    return List.of(
        Option.value(
            "--preload",
            "auto|none|MODULES",
            "The Python modules to import before the first job, separated by commas."
                + " Default: auto, what the environment declares and what earlier jobs of the"
                + " queues took long to import.",
            it -> preload = it),
        Option.value(
            "--template-idle",
            "SECONDS",
            "Give the memory of the imports back after so long without a job; 0 for never. The"
                + " next job that needs them waits for them. Default: 3600.",
            it ->
                idle =
                    Optional.of(OptionValue.seconds(it)).filter(Predicate.not(Duration::isZero))),
        Option.value(
            "--template-max-forks",
            "N",
            "Import everything anew after so many jobs, beside the running ones. Default: 1000.",
            it -> maxForks = OptionValue.count(it, "jobs")));
  }

  /** As on the command line. */
  String preload() {
    return preload;
  }

  TemplateSettings settings() {
    return new TemplateSettings(maxForks, idle);
  }
}
