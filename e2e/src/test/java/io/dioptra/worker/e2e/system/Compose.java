package io.dioptra.worker.e2e.system;

import io.dioptra.worker.e2e.docker.Program;
import io.dioptra.worker.testing.Checkout;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A system that docker-compose runs. Nothing of it is left when it is closed.
 *
 * @param project begins the names of all that belongs to it
 * @param options of docker-compose, which stand before its command
 * @param environment what the files ask for
 */
record Compose(String project, List<String> options, Map<String, String> environment)
    implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofMinutes(10);

  Compose {
    options = List.copyOf(options);
    environment = Map.copyOf(environment);
  }

  /** Of these files, which are taken one over the other. Nothing is started yet. */
  static Compose of(String project, List<Path> files, Map<String, String> environment) {
    List<String> options = new ArrayList<>(List.of("--project-name", project));
    files.forEach(file -> options.addAll(List.of("--file", file.toString())));
    return new Compose(project, options, environment);
  }

  /** With the services of that profile. */
  Compose withProfile(String profile) {
    List<String> more = new ArrayList<>(options);
    more.addAll(List.of("--profile", profile));
    return new Compose(project, more, environment);
  }

  /** Starts all services, and returns when those that others depend on are healthy. */
  void up() throws IOException, InterruptedException {
    run("up", "--detach", "--no-build");
  }

  /** Runs a command of docker-compose and returns what it printed. */
  String run(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.addAll(List.of(System.getProperty("e2e.compose", "docker-compose").split(" ", -1)));
    command.addAll(options);
    command.addAll(List.of(arguments));
    return new Program(command, Checkout.find().folder(), environment, LIMIT).output();
  }

  /** Runs a script of the shell in the container of a service. */
  String inside(String service, String script) throws IOException, InterruptedException {
    return run("exec", "-T", service, "sh", "-c", script);
  }

  /** Kills one of a service's containers, which are counted from 1. */
  void kill(String service, int number) throws IOException, InterruptedException {
    String label = "label=com.docker.compose.";
    String id =
        Program.of(
                "docker",
                "ps",
                "--quiet",
                "--filter=" + label + "project=" + project,
                "--filter=" + label + "service=" + service,
                "--filter=" + label + "container-number=" + number)
            .output();
    var _ = Program.of("docker", "kill", id).output();
  }

  /** Where this machine finds a port of a service. */
  URI address(String service, int port) throws IOException, InterruptedException {
    return URI.create("http://" + run("port", service, Integer.toString(port)));
  }

  /** What the engine says of a service's container, by a template of {@code docker inspect}. */
  String inspect(String service, String template) throws IOException, InterruptedException {
    String id = run("ps", "--all", "--quiet", service).lines().reduce("", (first, last) -> last);
    return Program.of("docker", "inspect", "--format", template, id).output();
  }

  /**
   * Waits until the health check of a service has succeeded.
   *
   * @throws IOException if it has not within the limit, with the service's log
   */
  void awaitHealthy(String service, Duration limit) throws IOException, InterruptedException {
    long end = System.nanoTime() + limit.toNanos();
    String health = inspect(service, "{{.State.Status}} {{.State.Health.Status}}");
    while (!health.equals("running healthy")) {
      if (System.nanoTime() > end) {
        throw new IOException(service + " is " + health + ":\n" + run("logs", service));
      }
      Thread.sleep(Duration.ofMillis(250));
      health = inspect(service, "{{.State.Status}} {{.State.Health.Status}}");
    }
  }

  @Override
  public void close() throws IOException {
    try {
      run("down", "--volumes", "--remove-orphans", "--timeout", "10");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted while " + project + " was removed", e);
    }
  }
}
