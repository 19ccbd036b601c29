package io.dioptra.worker.e2e.container;

import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.HostConfig;
import io.dioptra.worker.e2e.docker.Program;
import io.dioptra.worker.e2e.docker.TestedImage;
import io.dioptra.worker.testing.DioptraSite;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.testcontainers.containers.Container.ExecResult;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.output.WaitingConsumer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.utility.DockerImageName;

/**
 * A worker's container in this machine's network, because the site's servers listen on its loopback
 * only. It takes jobs once {@link #start} has returned.
 */
public final class WorkerContainer extends GenericContainer<WorkerContainer> {
  private static final String READY = "Ready for jobs";
  private static final Duration LIMIT = Duration.ofMinutes(2);

  private WorkerContainer(String image) {
    super(DockerImageName.parse(image));
  }

  /** A container that is not started yet. */
  static WorkerContainer of(TestedImage image, DioptraSite site, String... arguments) {
    return of(image.reference(), site, arguments);
  }

  /** The same of any image. */
  public static WorkerContainer of(String image, DioptraSite site, String... arguments) {
    return new WorkerContainer(image)
        .withNetworkMode("host")
        .withEnv(site.workerEnvironment())
        .withLabel("io.dioptra.worker.e2e", "container")
        .withCommand(arguments)
        .waitingFor(Wait.forLogMessage(".*" + READY + ".*\\n", 1).withStartupTimeout(LIMIT));
  }

  /** As another user, and perhaps group: {@code docker run --user}. */
  WorkerContainer asUser(String user) {
    return withCreateContainerCmdModifier(command -> command.withUser(user));
  }

  /** {@code docker run --read-only --tmpfs /tmp --tmpfs /work}. */
  WorkerContainer readOnly() {
    return configured(host -> host.withReadonlyRootfs(true))
        .withTmpFs(Map.of("/tmp", "rw,exec,mode=1777", "/work", "rw,exec,mode=1777"));
  }

  /** {@code docker run --cap-drop ALL --security-opt no-new-privileges}. */
  WorkerContainer withoutRights() {
    return configured(
        host ->
            host.withCapDrop(Capability.ALL).withSecurityOpts(List.of("no-new-privileges:true")));
  }

  /** Root may look into its processes: {@code docker run --cap-add SYS_PTRACE}. */
  WorkerContainer open() {
    return configured(host -> host.withCapAdd(Capability.SYS_PTRACE));
  }

  /** {@code docker run --memory}, in bytes, and no swap beside it. */
  WorkerContainer withMemory(long most) {
    return configured(host -> host.withMemory(most).withMemorySwap(most));
  }

  /** {@code docker run --volume NAME:FOLDER}, by name. */
  WorkerContainer withVolumes(Map<String, String> folders) {
    Bind[] binds =
        folders.entrySet().stream()
            .map(volume -> Bind.parse(volume.getKey() + ":" + volume.getValue()))
            .toArray(Bind[]::new);
    return configured(host -> host.withBinds(binds));
  }

  private WorkerContainer configured(Consumer<HostConfig> change) {
    return withCreateContainerCmdModifier(
        command -> change.accept(Objects.requireNonNull(command.getHostConfig())));
  }

  /**
   * Runs a script of bash inside and returns what it printed.
   *
   * @throws IOException if it fails
   */
  String inside(String script) throws IOException, InterruptedException {
    ExecResult result = execInContainer("bash", "-c", script);
    if (result.getExitCode() != 0) {
      throw new IOException(script + " ended with " + result);
    }
    return result.getStdout().strip();
  }

  /** Waits until a text stands in the worker's own log. */
  void awaitLine(String text) throws TimeoutException {
    WaitingConsumer lines = new WaitingConsumer();
    followOutput(lines);
    lines.waitUntil(
        line -> line.getUtf8String().contains(text),
        Math.toIntExact(LIMIT.toSeconds()),
        TimeUnit.SECONDS);
  }

  /** {@code docker stop}; returns the exit status of the container. */
  int askToEnd(Duration grace) {
    getDockerClient()
        .stopContainerCmd(getContainerId())
        .withTimeout(Math.toIntExact(grace.toSeconds()))
        .exec();
    return Objects.requireNonNull(getCurrentContainerInfo().getState().getExitCodeLong())
        .intValue();
  }

  /** From the start of the container until the worker was ready, by the engine's clock. */
  Duration startUp() throws IOException, InterruptedException {
    String started = Objects.requireNonNull(getCurrentContainerInfo().getState().getStartedAt());
    String ready =
        Program.of("docker", "logs", "--timestamps", getContainerId())
            .output()
            .lines()
            .filter(line -> line.contains(READY))
            .findFirst()
            .orElseThrow();
    return Duration.between(Instant.parse(started), Instant.parse(ready.split(" ", 2)[0]));
  }
}
