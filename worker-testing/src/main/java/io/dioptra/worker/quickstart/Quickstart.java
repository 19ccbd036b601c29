package io.dioptra.worker.quickstart;

import io.dioptra.worker.testing.Account;
import io.dioptra.worker.testing.Checkout;
import io.dioptra.worker.testing.DioptraSite;
import io.dioptra.worker.testing.SubmittedJob;
import io.dioptra.worker.testing.TemporaryFolder;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The tour: start everything, attack, show the outcome, leave nothing behind. */
final class Quickstart {
  private static final int INTERRUPTED = 130;

  private final Progress progress;
  private final Checkout checkout;
  private final Path output;
  private final boolean keep;

  private Quickstart(Progress progress, Checkout checkout, boolean keep) {
    this.progress = progress;
    this.checkout = checkout;
    this.output = checkout.resolve("target/quickstart");
    this.keep = keep;
  }

  /** Returns the exit code: 0 only if the attack has finished. */
  static int run(String[] args, PrintStream out, PrintStream err) {
    boolean keep = List.of(args).contains("--keep");
    Quickstart quickstart = new Quickstart(new Progress(out), Checkout.find(), keep);
    try (Interrupts interrupts = new Interrupts()) {
      return quickstart.run(interrupts, err);
    }
  }

  private int run(Interrupts interrupts, PrintStream err) {
    try {
      return tour();
    } catch (Exception e) {
      if (interrupts.isAsked()) {
        progress.say("\nStopped; nothing is left running.");
        return INTERRUPTED;
      }
      err.println("quickstart: " + firstLine(e) + " Everything was stopped.");
      return 1;
    }
  }

  private int tour() throws Exception {
    Path folder = emptied(output.resolve("servers"));
    try (DioptraSite site =
            progress.step(
                "Starting Redis, MLflow and Dioptra's REST API", () -> Servers.startSite(folder));
        Servers servers = Servers.withWorker(site, folder)) {
      try {
        return tour(servers);
      } catch (IOException e) {
        throw servers.cause(e);
      }
    }
  }

  private int tour(Servers servers) throws Exception {
    Attack attack =
        progress.step(
            "Creating the queue " + Servers.ENVIRONMENT + " and importing the examples",
            () ->
                Attack.prepare(
                    servers.site().client(), checkout.resolve("examples"), Servers.ENVIRONMENT));
    progress.step("Waiting for the worker to import TensorFlow", servers::awaitReady);
    boolean finished = attack(attack, servers);
    if (keep) {
      Account account = DioptraSite.ACCOUNT;
      progress.say("Log in as " + account.username() + " with password " + account.password());
      progress.say("Everything runs until Ctrl-C.");
      servers.awaitTrouble();
    }
    return finished ? 0 : 1;
  }

  private boolean attack(Attack attack, Servers servers) throws IOException, InterruptedException {
    long begin = System.nanoTime();
    SubmittedJob job = attack.submit();
    progress.say("Submitted the attack as job " + job.id() + ". Its log:");
    String status = Attack.follow(job, servers, progress);
    Duration whole = Duration.ofNanos(System.nanoTime() - begin);
    progress.say("Job " + job.id() + " is " + status + ".");
    if (status.equals("finished")) {
      Outcome outcome = Outcome.of(job, output, whole, servers.workerLog().phases(job.id()));
      progress.say("");
      progress.say(outcome.table());
      progress.say("Picture     " + outcome.picture());
    }
    progress.say("Worker log  " + servers.workerLog().file());
    progress.say("Job         " + servers.site().api() + "/api/v1/jobs/" + job.id());
    progress.say("API         " + servers.site().api() + "/");
    progress.say("MLflow      " + servers.site().mlflow() + "/#/experiments/0/runs/" + run(job));
    return status.equals("finished");
  }

  private static String run(SubmittedJob job) throws IOException, InterruptedException {
    return job.mlflowRun().replace("-", "");
  }

  /** What an earlier tour left, its logs among it, gives way. */
  private static Path emptied(Path folder) throws IOException {
    new TemporaryFolder(folder).close();
    return Files.createDirectories(folder);
  }

  private static String firstLine(Exception e) {
    // Of others, for example of a missing file, the message alone says too little.
    String told = e.getClass() == IOException.class ? e.getMessage() : e.toString();
    return String.valueOf(told).lines().findFirst().orElse("");
  }
}
