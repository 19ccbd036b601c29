package io.dioptra.worker.quickstart;

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
    try (Interrupts _ = new Interrupts()) {
      boolean keep = List.of(args).contains("--keep");
      return new Quickstart(new Progress(out), Checkout.find(), keep).tour();
    } catch (InterruptedException _) {
      out.println();
      out.println("Stopped; nothing is left running.");
      return 130;
    } catch (Exception e) {
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
      Attack attack =
          progress.step(
              "Creating the queue " + Servers.ENVIRONMENT + " and importing the examples",
              () ->
                  Attack.prepare(site.client(), checkout.resolve("examples"), Servers.ENVIRONMENT));
      progress.step("Waiting for the worker to import TensorFlow", servers::awaitReady);
      boolean finished = attack(attack, servers);
      if (keep) {
        progress.say(
            "All of it runs until Ctrl-C. Log in as "
                + DioptraSite.ACCOUNT.username()
                + " with the password "
                + DioptraSite.ACCOUNT.password());
        servers.awaitTrouble();
      }
      return finished ? 0 : 1;
    }
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
    String message = e.getMessage();
    return message == null ? e.toString() : message.lines().findFirst().orElse("");
  }
}
