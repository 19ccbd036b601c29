package io.dioptra.worker.app;

import io.dioptra.worker.config.ConfigException;
import io.dioptra.worker.config.ConfigReader;
import io.dioptra.worker.config.ServiceAddress;
import io.dioptra.worker.config.WorkerConfig;
import io.dioptra.worker.config.WorkerEnvironment;
import io.dioptra.worker.gpu.GpuDevices;
import io.dioptra.worker.retry.MonotonicClock;
import io.dioptra.worker.telemetry.HealthFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The whole program, from a command line to an exit code. */
public final class Worker {
  private static final Logger LOG = LoggerFactory.getLogger(Worker.class);

  private Worker() {}

  /**
   * Runs until it is told to end.
   *
   * @return 0 after an orderly end, 1 when it could not begin or had to give up
   */
  public static int run(
      WorkerEnvironment environment, String[] args, Map<String, String> variables) {
    String first = args.length == 0 ? "" : args[0];
    return switch (first) {
      case DoctorCommand.WORD ->
          examine(environment, variables, List.of(args).subList(1, args.length));
      case TasksCommand.WORD ->
          listTasks(environment, variables, List.of(args).subList(1, args.length));
      case ValidateCommand.WORD, OrderCommand.WORD, RunLocalCommand.WORD ->
          new LocalCommands(environment, variables, System.out, System.err)
              .run(first, List.of(args).subList(1, args.length));
      default -> runWorker(environment, args, variables);
    };
  }

  private static int runWorker(
      WorkerEnvironment environment, String[] args, Map<String, String> variables) {
    WorkerCommand command = new WorkerCommand();
    try {
      command.read(List.of(args));
      return switch (command.ask()) {
        case HELP -> said(command.help());
        case VERSION -> said("dioptra-worker-v1 " + WorkerVersion.text());
        case WORK -> work(command, environment, variables);
      };
    } catch (UsageException e) {
      return refused(e.getMessage() + "\n" + command.help());
    } catch (ConfigException e) {
      return refused(String.valueOf(e.getMessage()));
    }
  }

  private static int examine(
      WorkerEnvironment environment, Map<String, String> variables, List<String> arguments) {
    Logging.configure("ERROR", false);
    try {
      return new DoctorCommand(environment, variables, System.out).run(arguments);
    } catch (UsageException e) {
      return refused(String.valueOf(e.getMessage()));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return 1;
    }
  }

  private static int listTasks(
      WorkerEnvironment environment, Map<String, String> variables, List<String> arguments) {
    Logging.configure("ERROR", false);
    try {
      return new TasksCommand(environment, variables, System.out).run(arguments);
    } catch (UsageException | ConfigException e) {
      return refused(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      return refused("Java cannot be started: " + e.getMessage());
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return 1;
    }
  }

  private static int said(String words) {
    System.out.println(words);
    return 0;
  }

  private static int refused(String words) {
    System.err.println(words);
    return 1;
  }

  private static int work(
      WorkerCommand command, WorkerEnvironment environment, Map<String, String> variables)
      throws ConfigException {
    WorkerConfig config = new ConfigReader(environment, variables).read(command.said());
    Logging.configure(config.logLevel(), config.logAsJson());
    return work(config, command, new GpuLine(environment, variables), new GpuDevices(variables));
  }

  private static int work(
      WorkerConfig config, WorkerCommand command, GpuLine gpu, GpuDevices devices) {
    try (Shutdown shutdown = new Shutdown(config.work().shutdownTimeout());
        HealthFile health = new HealthFile(config.healthFile(), Clock.systemUTC())) {
      Signals.handle(shutdown::ask);
      var _ = shutdown.asked().thenRun(health::draining);
      writePid(command);
      gpu.say(command.requireGpu());
      warnOfPassword(command, config);
      awaitServers(command, shutdown, health);
      if (!shutdown.isAsked()) {
        SlotGpus gpus = SlotGpus.of(config.work(), gpu.isQuestion(), devices);
        work(config, gpus, shutdown, health);
      }
      return 0;
    } catch (StartException e) {
      LOG.error("{}", e.getMessage());
    } catch (InterruptedException _) {
      LOG.error("The worker was interrupted while it started or worked");
      Thread.currentThread().interrupt();
    }
    return 1;
  }

  /** Job code, for example, sees the command line of each process. */
  private static void warnOfPassword(WorkerCommand command, WorkerConfig config) {
    if (command.said().redisUrl().isPresent() && config.redis().url().login().isPresent()) {
      LOG.warn(
          "The password of Redis stands on the command line, where every process can read it. The"
              + " operator should give the URL in RQ_REDIS_URI instead of --url.");
    }
  }

  private static void awaitServers(WorkerCommand command, Shutdown shutdown, HealthFile health)
      throws StartException, InterruptedException {
    List<ServiceAddress> servers = command.waitFor();
    if (!servers.isEmpty()) {
      health.starting("waiting for " + servers);
      new ServerWait(servers, command.waitLimit(), MonotonicClock.system()).await(shutdown.asked());
    }
  }

  private static void writePid(WorkerCommand command) throws StartException {
    if (command.pidFile().isPresent()) {
      Path file = command.pidFile().get();
      try {
        Files.writeString(file, Long.toString(ProcessHandle.current().pid()));
      } catch (IOException e) {
        throw new StartException("Cannot start: --pid " + file + " cannot be written: " + e, e);
      }
    }
  }

  private static void work(WorkerConfig config, SlotGpus gpus, Shutdown shutdown, HealthFile health)
      throws StartException, InterruptedException {
    health.starting("starting");
    try (Wiring wiring = Wiring.of(config, gpus, shutdown::ask, health)) {
      wiring.awaitReady();
      LOG.info(
          "Ready for jobs of {}, {} s after the start", config.queues(), "%.2f".formatted(age()));
      health.working("idle");
      new Slots(wiring.slots(), wiring.runner(), shutdown, config.work()).run();
    }
  }

  /** For how many seconds this process has been there. */
  private static double age() {
    Instant now = Instant.now();
    Instant start = ProcessHandle.current().info().startInstant().orElse(now);
    return Duration.between(start, now).toMillis() / 1e3;
  }
}
