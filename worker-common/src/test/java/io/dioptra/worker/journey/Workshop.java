package io.dioptra.worker.journey;

import io.dioptra.worker.testing.DioptraClient;
import io.dioptra.worker.testing.DioptraSite;
import io.dioptra.worker.testing.EntrypointSource;
import io.dioptra.worker.testing.ImportedResources;
import io.dioptra.worker.testing.SubmittedJob;
import io.dioptra.worker.testing.TemporaryFolder;
import io.dioptra.worker.testing.WorkerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/** A queue with one worker on it. */
final class Workshop implements AutoCloseable {
  private static final Duration START = Duration.ofMinutes(2);
  private static final Duration JOB = Duration.ofMinutes(1);

  private final DioptraSite site;
  private final TemporaryFolder folder;
  private final String queueName;
  private final int queue;
  private final WorkerProcess worker;
  private final Deque<WorkerProcess> others = new ArrayDeque<>();
  private final Map<String, String> variables;

  private Workshop(
      DioptraSite site,
      Map<String, String> variables,
      TemporaryFolder folder,
      String queueName,
      int queue,
      WorkerProcess worker) {
    this.site = site;
    this.variables = variables;
    this.folder = folder;
    this.queueName = queueName;
    this.queue = queue;
    this.worker = worker;
  }

  /**
   * Makes a queue and starts a worker on it, which is ready on return.
   *
   * @param options of its command line
   */
  static Workshop open(DioptraSite site, String... options)
      throws IOException, InterruptedException {
    return open(site, site.workerEnvironment(), options);
  }

  /** The same with these variables, which have to include the site's own. */
  static Workshop open(DioptraSite site, Map<String, String> variables, String... options)
      throws IOException, InterruptedException {
    String name = Python.unique();
    int queue = site.client().createQueue(name);
    TemporaryFolder folder = TemporaryFolder.create("workshop");
    WorkerProcess worker = start(variables, folder, name, options);
    Workshop workshop = new Workshop(site, variables, folder, name, queue, worker);
    try {
      worker.awaitReady(START);
      return workshop;
    } catch (IOException | InterruptedException e) {
      workshop.close();
      throw e;
    }
  }

  private static WorkerProcess start(
      Map<String, String> variables, TemporaryFolder folder, String queue, String... options)
      throws IOException {
    Path own = Files.createTempDirectory(folder.path(), "worker");
    List<String> arguments = new ArrayList<>(List.of(options));
    arguments.add(queue);
    return WorkerProcess.start("worker-common", variables, own, arguments.toArray(String[]::new));
  }

  /** Starts another worker on the queue, which is ready on return and ends with this workshop. */
  WorkerProcess another(String... options) throws IOException, InterruptedException {
    WorkerProcess other = start(variables, folder, queueName, options);
    others.push(other);
    other.awaitReady(START);
    return other;
  }

  DioptraSite site() {
    return site;
  }

  DioptraClient client() {
    return site.client();
  }

  String queueName() {
    return queueName;
  }

  WorkerProcess worker() {
    return worker;
  }

  /** Creates an entrypoint, and an experiment that has nothing else. */
  JobKind kind(EntrypointSource source) throws IOException, InterruptedException {
    int entrypoint = client().createEntrypoint(source, queue);
    int experiment = client().createExperiment(Python.unique(), entrypoint);
    return new JobKind(client(), experiment, entrypoint, queue);
  }

  /** The same for an entrypoint that was imported. */
  JobKind kind(ImportedResources imported, String name) throws IOException, InterruptedException {
    int entrypoint = imported.entrypoint(name);
    client().attachQueues(entrypoint, queue);
    int experiment = client().createExperiment(Python.unique(), entrypoint);
    return new JobKind(client(), experiment, entrypoint, queue);
  }

  /** Waits for the end of a job in Dioptra and in RQ, and says how it looks there. */
  EndedJob ended(SubmittedJob job) throws IOException, InterruptedException {
    return ended(job, JOB);
  }

  EndedJob ended(SubmittedJob job, Duration limit) throws IOException, InterruptedException {
    String status = job.awaitEnd(limit);
    RqJob rq = endedInRq(Integer.toString(job.id()));
    String run = job.mlflowRun();
    String mlflow = run.isEmpty() ? "" : TrackedJob.of(site.mlflow(), run).status();
    return new EndedJob(status, mlflow, rq.status(), rq.text(), job.logText());
  }

  /** Waits until RQ has taken note that a job is over. */
  RqJob endedInRq(String id) throws IOException, InterruptedException {
    long end = System.nanoTime() + JOB.toNanos();
    RqJob job = RqJob.of(site.redis(), id);
    while (job.results() == 0) {
      if (System.nanoTime() > end) {
        throw new IOException(job + " has not ended. The worker's log:\n" + worker.log());
      }
      Thread.sleep(Duration.ofMillis(20));
      job = RqJob.of(site.redis(), id);
    }
    return job;
  }

  @Override
  public void close() {
    others.forEach(WorkerProcess::close);
    worker.close();
    folder.close();
  }
}
