package io.dioptra.worker.quickstart;

import io.dioptra.worker.testing.DioptraClient;
import io.dioptra.worker.testing.ImportedResources;
import io.dioptra.worker.testing.JobLogLine;
import io.dioptra.worker.testing.SubmittedJob;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The attack of the examples, as work for a queue. */
record Attack(DioptraClient client, int experiment, int entrypoint, int queue) {
  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final Duration PAUSE = Duration.ofMillis(100);
  private static final String ENTRYPOINT = "digits_attack";

  /** Creates the queue and an experiment, and imports all the examples. */
  static Attack prepare(DioptraClient client, Path examples, String queueName)
      throws IOException, InterruptedException {
    int queue = client.createQueue(queueName);
    ImportedResources imported = client.importFolder(examples);
    Integer[] entrypoints = imported.entrypoints().values().toArray(Integer[]::new);
    for (int entrypoint : entrypoints) {
      client.attachQueues(entrypoint, queue);
    }
    int experiment = client.createExperiment("quickstart", entrypoints);
    return new Attack(client, experiment, imported.entrypoint(ENTRYPOINT), queue);
  }

  SubmittedJob submit() throws IOException, InterruptedException {
    return client.job(experiment, entrypoint, queue).submit();
  }

  /**
   * Prints the log of the job as it grows, until the job has ended.
   *
   * @throws IOException if a server ends meanwhile, or the job does not end in five minutes
   */
  static String follow(SubmittedJob job, Servers servers, Progress progress)
      throws IOException, InterruptedException {
    long end = System.nanoTime() + LIMIT.toNanos();
    int printed = 0;
    while (true) {
      servers.check();
      String status = job.status();
      boolean ended = status.equals("finished") || status.equals("failed");
      List<JobLogLine> lines = job.log(printed);
      lines.forEach(line -> progress.say("  " + text(line)));
      printed += lines.size();
      if (ended) {
        return status;
      }
      if (System.nanoTime() > end) {
        throw new IOException(
            "The job is "
                + status
                + " after "
                + LIMIT.toMinutes()
                + " minutes. The worker's log: "
                + servers.workerLog().file()
                + ".");
      }
      Thread.sleep(PAUSE);
    }
  }

  private static String text(JobLogLine line) {
    return line.message().replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
  }
}
