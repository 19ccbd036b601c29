package io.dioptra.worker.e2e.job;

import io.dioptra.worker.testing.DioptraClient;
import io.dioptra.worker.testing.EntrypointSource;
import io.dioptra.worker.testing.JobLogLine;
import io.dioptra.worker.testing.PluginSource;
import io.dioptra.worker.testing.SubmittedJob;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/** Jobs of one step that behaves as it is told; {@code probe.py} knows the ways. */
public record Probe(
    DioptraClient client, int experiment, int entrypoint, int queue, String queueName) {
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final Duration PAUSE = Duration.ofMillis(25);

  /** Jobs for a queue that nobody else has. */
  public static Probe at(DioptraClient client) throws IOException, InterruptedException {
    String name = unique();
    return on(client, client.createQueue(name), name);
  }

  /** Jobs for a queue that is there. */
  public static Probe on(DioptraClient client, int queue, String queueName)
      throws IOException, InterruptedException {
    int plugin =
        client.createPlugin(
            PluginSource.of(unique(), "probe.py", python())
                .function(
                    "behave",
                    List.of("how", "string", "detail", "string"),
                    List.of("result", "string")));
    int entrypoint =
        client.createEntrypoint(
            EntrypointSource.of(unique(), "probe:\n  behave: [$how, $detail]\n")
                .parameter("how", "string", "nothing")
                .parameter("detail", "string", "")
                .plugins(plugin),
            queue);
    int experiment = client.createExperiment(unique(), entrypoint);
    return new Probe(client, experiment, entrypoint, queue, queueName);
  }

  /** A name that no other resource has, and that a plugin may have. */
  public static String unique() {
    return "e2e_" + UUID.randomUUID().toString().replace("-", "");
  }

  public SubmittedJob submit(String how, Object detail) throws IOException, InterruptedException {
    return client
        .job(experiment, entrypoint, queue)
        .value("how", how)
        .value("detail", detail)
        .submit();
  }

  /** Submits a job and returns what is logged once it has finished. */
  public String finished(String how, Object detail) throws IOException, InterruptedException {
    SubmittedJob job = submit(how, detail);
    String status = job.awaitEnd(LIMIT);
    if (!status.equals("finished")) {
      throw new IOException(job + " is " + status + ":\n" + job.logText());
    }
    return job.logText();
  }

  /** Waits until a job says so in its log. */
  public static void awaitLog(SubmittedJob job, String text)
      throws IOException, InterruptedException {
    long end = System.nanoTime() + LIMIT.toNanos();
    while (job.log().stream().map(JobLogLine::message).noneMatch(line -> line.contains(text))) {
      if (job.hasEnded() || System.nanoTime() > end) {
        throw new IOException(job + " did not say \"" + text + "\":\n" + job.logText());
      }
      Thread.sleep(PAUSE);
    }
  }

  private static String python() {
    try (InputStream file = Probe.class.getResourceAsStream("probe.py")) {
      if (file == null) {
        throw new IOException("it is not there");
      }
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("probe.py cannot be read", e);
    }
  }
}
