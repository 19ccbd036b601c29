package io.dioptra.worker.app;

import io.dioptra.worker.config.ConfigException;
import io.dioptra.worker.config.ConfigReader;
import io.dioptra.worker.config.WorkerConfig;
import io.dioptra.worker.config.WorkerEnvironment;
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
    WorkerCommand command = new WorkerCommand();
    CommandLine line = new CommandLine(command);
    try {
      if (CommandLine.printHelpIfRequested(line.parseArgs(args))) {
        return 0;
      }
      WorkerConfig config = new ConfigReader(environment, variables).read(command.said());
      Logging.configure(config.logLevel(), config.logAsJson());
      return work(config, command.burst());
    } catch (CommandLine.ParameterException e) {
      line.getErr().println(e.getMessage());
      line.usage(line.getErr());
    } catch (ConfigException e) {
      line.getErr().println(e.getMessage());
    }
    return 1;
  }

  private static int work(WorkerConfig config, boolean burst) {
    try (Shutdown shutdown = new Shutdown();
        Wiring wiring = Wiring.of(config)) {
      wiring.awaitReady();
      new WorkLoop(wiring.queue(), wiring.runner(), shutdown, burst).run();
      return 0;
    } catch (StartException e) {
      LOG.error("{}", e.getMessage());
    } catch (InterruptedException _) {
      LOG.error("The worker was interrupted while it started or worked");
      Thread.currentThread().interrupt();
    }
    return 1;
  }
}
