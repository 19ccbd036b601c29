package io.dioptra.worker.app;

import io.dioptra.worker.api.ApiException;
import io.dioptra.worker.api.DioptraApi;
import io.dioptra.worker.config.JobSecrets;
import io.dioptra.worker.config.JobUser;
import io.dioptra.worker.config.PythonSettings;
import io.dioptra.worker.config.S3Settings;
import io.dioptra.worker.config.ServerTrust;
import io.dioptra.worker.config.WorkerConfig;
import io.dioptra.worker.host.HostSettings;
import io.dioptra.worker.host.HostStartException;
import io.dioptra.worker.host.PreloadSettings;
import io.dioptra.worker.host.TaskHosts;
import io.dioptra.worker.host.TemplateLife;
import io.dioptra.worker.network.Trust;
import io.dioptra.worker.relay.ApiAccess;
import io.dioptra.worker.relay.JobRelay;
import io.dioptra.worker.relay.WorkerAccount;
import io.dioptra.worker.report.Masks;
import io.dioptra.worker.retry.MonotonicClock;
import io.dioptra.worker.retry.Patience;
import io.dioptra.worker.run.AttemptSettings;
import io.dioptra.worker.run.JobRunner;
import io.dioptra.worker.run.LostJobs;
import io.dioptra.worker.run.Neighbours;
import io.dioptra.worker.telemetry.HealthFile;
import io.dioptra.worker.tracking.MlflowTracking;
import io.dioptra.worker.workspace.WorkerFolder;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Builds everything a worker consists of, and closes it in reverse order. */
final class Wiring implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Wiring.class);
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final Duration LAST_WORD = Duration.ofHours(24);
  private static final Duration TEMPLATE_WAIT = Duration.ofMinutes(5);
  private static final Duration HOST_WAIT = Duration.ofMinutes(1);
  private static final String LEARNED = "dioptra-worker-preload.json";

  private final Closing closing;
  private final TaskHosts hosts;
  private final List<Slot> slots;
  private final JobRunner runner;

  private Wiring(Closing closing, TaskHosts hosts, List<Slot> slots, JobRunner runner) {
    this.closing = closing;
    this.hosts = hosts;
    this.slots = slots;
    this.runner = runner;
  }

  /**
   * Builds it all and registers the worker in RQ.
   *
   * @param gpus which slot uses which
   * @param shutdown asked when RQ's command says so
   * @param health told what the worker does
   */
  static Wiring of(WorkerConfig config, SlotGpus gpus, Runnable shutdown, HealthFile health)
      throws StartException, InterruptedException {
    if (!Files.isWritable(config.workFolder())) {
      throw new StartException(
          ("Cannot start: the work folder %s cannot be written. The operator should mount a folder"
                  + " there that this user may write, or let DIOPTRA_WORKDIR name another.")
              .formatted(config.workFolder()));
    }
    Closing closing = new Closing();
    MonotonicClock monotonic = MonotonicClock.system();
    Clock clock = Clock.systemUTC();
    Patience patience = Patience.of(PATIENCE);
    try {
      WorkerFolder folder = closing.add(WorkerFolder.open(config.workFolder()));
      // Early, as its imports take longest.
      TaskHosts hosts = closing.add(TaskHosts.open(hostSettings(config), folder.path(), clock));
      readCertificates(config);
      DioptraApi api = closing.add(new DioptraApi(config.api(), patience, monotonic));
      logIn(api);
      MlflowTracking tracking =
          closing.add(new MlflowTracking(config.tracking(), patience, monotonic));
      AttemptSettings settings =
          new AttemptSettings(
              folder.path(),
              config.logLevel(),
              LAST_WORD,
              config.job().limits(),
              jobUser(config),
              masks(config));
      Neighbours neighbours =
          new Neighbours(api, tracking, hosts, closing.add(access(config, api, clock)));
      LostJobs lost =
          closing.add(
              new LostJobs(neighbours, settings, config.work().lostJob(), monotonic, clock));
      Enlistment enlistment = new Enlistment(config, clock, health, closing);
      List<Slot> slots = enlistment.slots(gpus, shutdown);
      enlistment.maintain(slots, lost::take);
      return new Wiring(
          closing, hosts, slots, new JobRunner(neighbours, settings, monotonic, clock));
    } catch (IOException | IllegalArgumentException e) {
      closing.close();
      throw new StartException("Cannot start: " + e.getMessage(), e);
    } catch (StartException | InterruptedException e) {
      closing.close();
      throw e;
    }
  }

  List<Slot> slots() {
    return slots;
  }

  JobRunner runner() {
    return runner;
  }

  /** Waits for the template, so that the first job finds it ready. */
  void awaitReady() throws InterruptedException, StartException {
    ClosedMemory.close();
    runner.warmUp();
    try {
      LOG.info("Python is ready: {}", hosts.awaitReady());
    } catch (HostStartException e) {
      throw new StartException("Cannot start: " + e.getMessage(), e);
    }
  }

  /** What is wrong with them is told now and not by a job. Sites without TLS read none. */
  private static void readCertificates(WorkerConfig config) {
    Map<URI, ServerTrust> servers = new HashMap<>();
    servers.put(config.api().base(), config.api().network().trust());
    servers.put(config.tracking().server(), config.tracking().network().trust());
    S3Settings s3 = config.tracking().s3();
    s3.endpoint().ifPresent(it -> servers.put(it, s3.network().trust()));
    servers.keySet().removeIf(server -> !"https".equals(server.getScheme()));
    new HashSet<>(servers.values()).forEach(Trust::of);
  }

  /**
   * A worker whose account is refused would only empty the queue: its jobs could not even be failed
   * in Dioptra. An API that is not there yet may come.
   */
  private static void logIn(DioptraApi api) throws InterruptedException, StartException {
    try {
      api.logIn(Patience.of(Duration.ofSeconds(5)));
      LOG.info("Dioptra's REST API is there: version {}", api.version().text());
    } catch (ApiException.LoginRefused e) {
      throw new StartException("Cannot start: " + e.getMessage(), e);
    } catch (ApiException e) {
      LOG.warn("{} The worker goes on and tries again with the first job.", e.getMessage());
    }
  }

  private static Masks masks(WorkerConfig config) {
    return Masks.of(
        JobSecrets.of(
            config.api(), config.redis(), config.tracking(), config.python().environment()));
  }

  private static ApiAccess access(WorkerConfig config, DioptraApi api, Clock clock)
      throws IOException {
    return switch (config.job().credentials()) {
      case RELAY -> JobRelay.start(api, clock);
      case WORKER -> new WorkerAccount(config.api());
    };
  }

  private static Optional<JobUser> jobUser(WorkerConfig config) throws StartException {
    List<Path> needed =
        new ArrayList<>(List.of(config.python().interpreter(), config.workFolder()));
    config.python().taskHost().ifPresent(needed::add);
    return new JobUsers(needed).of(config.job().user());
  }

  private static HostSettings hostSettings(WorkerConfig config) {
    PythonSettings python = config.python();
    PreloadSettings.Learning learning =
        new PreloadSettings.Learning(config.workFolder().resolve(LEARNED), config.queues());
    return new HostSettings(
        python.interpreter(),
        python.taskHost(),
        new PreloadSettings(
            python.preload(), Optional.of(learning).filter(_ -> python.learnsPreload())),
        new TemplateLife(python.template().maxForks(), python.template().idle()),
        python.environment(),
        TEMPLATE_WAIT,
        HOST_WAIT);
  }

  @Override
  public void close() {
    closing.close();
  }
}
