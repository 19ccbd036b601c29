package io.dioptra.worker.app;

import io.dioptra.worker.config.ConfigException;
import io.dioptra.worker.config.ConfigReader;
import io.dioptra.worker.config.ServiceAddress;
import io.dioptra.worker.config.WorkerConfig;
import io.dioptra.worker.config.WorkerEnvironment;
import io.dioptra.worker.retry.MonotonicClock;
import io.dioptra.worker.telemetry.HealthFile;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;

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
    if (args.length > 0 && args[0].equals(DoctorCommand.WORD)) {
      return DoctorCommand.run(environment, variables, List.of(args).subList(1, args.length));
    }
    WorkerCommand command = new WorkerCommand();
    CommandLine line = new CommandLine(command);
    try {
      if (CommandLine.printHelpIfRequested(line.parseArgs(args))) {
        return 0;
      }
      WorkerConfig config = new ConfigReader(environment, variables).read(command.said());
      Logging.configure(config.logLevel(), config.logAsJson());
      return work(config, command, new GpuLine(environment, variables));
    } catch (CommandLine.ParameterException e) {
      line.getErr().println(e.getMessage());
      line.usage(line.getErr());
    } catch (ConfigException e) {
      line.getErr().println(e.getMessage());
    }
    return 1;
  }

  private static int work(WorkerConfig config, WorkerCommand command, GpuLine gpu) {
    try (Shutdown shutdown = new Shutdown();
        HealthFile health = new HealthFile(config.healthFile(), Clock.systemUTC())) {
      var _ = shutdown.asked().thenRun(health::draining);
      gpu.say(command.requireGpu());
      awaitServers(command, shutdown, health);
      if (!shutdown.isAsked()) {
        work(config, command.burst(), shutdown, health);
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

  private static void awaitServers(WorkerCommand command, Shutdown shutdown, HealthFile health)
      throws StartException, InterruptedException {
    List<ServiceAddress> servers = command.waitFor();
    if (!servers.isEmpty()) {
      health.starting("waiting for " + servers);
      new ServerWait(servers, command.waitLimit(), MonotonicClock.system()).await(shutdown.asked());
    }
  }

  private static void work(WorkerConfig config, boolean burst, Shutdown shutdown, HealthFile health)
      throws StartException, InterruptedException {
    health.starting("starting");
    try (Wiring wiring = Wiring.of(config, health::renew)) {
      wiring.awaitReady();
      LOG.info(
          "Ready for jobs of {}, {} s after the start", config.queues(), "%.2f".formatted(age()));
      new WorkLoop(wiring.queue(), wiring.runner(), shutdown, health, burst).run();
    }
  }

  /** For how many seconds this process has been there. */
  private static double age() {
    Instant now = Instant.now();
    Instant start = ProcessHandle.current().info().startInstant().orElse(now);
    return Duration.between(start, now).toMillis() / 1e3;
  }
}
