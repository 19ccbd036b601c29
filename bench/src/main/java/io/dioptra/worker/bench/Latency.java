package io.dioptra.worker.bench;

import io.dioptra.worker.testing.Checkout;
import io.dioptra.worker.testing.DioptraSite;
import io.dioptra.worker.testing.ImportedResources;
import io.dioptra.worker.testing.SiteSettings;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Measures how long jobs take on this worker and on the official one, at one site and in one run.
 */
public final class Latency {
  private static final int GREETINGS = 15;
  private static final int ATTACKS = 3;

  private final DioptraSite site;
  private final List<Contender> contenders;
  private final PrintStream out;

  private Latency(DioptraSite site, List<Contender> contenders, PrintStream out) {
    this.site = site;
    this.contenders = contenders;
    this.out = out;
  }

  /** Arguments: {@code [--alone] [GREETINGS [ATTACKS]]}; alone is without the official worker. */
  public static void main(String[] args) throws IOException, InterruptedException {
    boolean alone = List.of(args).contains("--alone");
    List<Integer> runs =
        Stream.of(args).filter(arg -> !arg.startsWith("-")).map(Integer::valueOf).toList();
    int greetings = runs.size() > 0 ? runs.get(0) : GREETINGS;
    int attacks = runs.size() > 1 ? runs.get(1) : ATTACKS;
    String now =
        DateTimeFormatter.ofPattern("uuuuMMdd-HHmmss").format(LocalDateTime.now(ZoneOffset.UTC));
    Path folder = Files.createDirectories(Checkout.find().resolve("bench/target/latency/" + now));
    Path servers = Files.createDirectory(folder.resolve("site"));
    try (DioptraSite site = DioptraSite.startIn(servers, SiteSettings.standard());
        Contenders contenders = Contenders.start(site, folder, alone)) {
      new Latency(site, contenders.all(), System.out).measure(greetings, attacks);
    }
    System.out.println("\nLogs: " + folder);
  }

  private void measure(int greetings, int attacks) throws IOException, InterruptedException {
    Path examples = Checkout.find().resolve("examples");
    ImportedResources resources = site.client().importFolder(examples);
    if (greetings > 0) {
      compare(workload("Greeting: 3 steps, a text artifact", resources, "greeting", greetings));
    }
    if (attacks > 0) {
      compare(
          workload(
              "Attack with ART: train a small network on digits, FGSM and PGD",
              resources,
              "digits_attack",
              attacks));
    }
    for (Contender contender : contenders) {
      new IdleCost(contender).print(out);
    }
  }

  private Workload workload(String title, ImportedResources resources, String name, int runs)
      throws IOException, InterruptedException {
    int entrypoint = resources.entrypoint(name);
    site.client()
        .attachQueues(
            entrypoint, contenders.stream().map(Contender::queue).toArray(Integer[]::new));
    return new Workload(
        title, site.client().createExperiment(name, entrypoint), entrypoint, Map.of(), runs);
  }

  private void compare(Workload workload) throws IOException, InterruptedException {
    Comparison comparison = new Comparison(site, workload, contenders);
    comparison.run();
    comparison.print(out);
    new Phases(contenders.getFirst().log(), workload.runs()).print(out);
  }
}
