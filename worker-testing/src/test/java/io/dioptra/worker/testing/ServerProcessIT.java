package io.dioptra.worker.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerProcessIT {
  private static final URI NOBODY = URI.create("http://127.0.0.1:9/");

  /** Tells the ids of itself and of a child that ignores TERM, and waits. */
  private static final String FAMILY =
      """
      trap 'echo asked; exit 0' TERM
      (trap '' TERM; exec sleep 600) &
      echo $$ $! > pids
      wait
      """;

  @TempDir Path folder;

  @Test
  void closeAsksTheServerAndLeavesNoneOfItsChildren() throws Exception {
    ServerProcess server = start(FAMILY);
    List<ProcessHandle> family = family(folder);

    server.close();

    assertThat(family).hasSize(2);
    for (ProcessHandle member : family) {
      awaitEnd(member);
    }
    assertThat(server.tail()).isEqualTo("asked");
  }

  @Test
  void aServerDoesNotOutliveTheProcessThatStartedIt() throws Exception {
    Process creator = creator();
    try (BufferedReader output = creator.inputReader()) {
      assertThat(output.readLine()).isEqualTo("started");
      List<ProcessHandle> family = family(folder);

      creator.destroyForcibly();

      assertThat(family).hasSize(2);
      for (ProcessHandle member : family) {
        awaitEnd(member);
      }
    } finally {
      creator.destroyForcibly();
    }
  }

  @Test
  void aServerThatEndsBeforeItAnswersIsReportedWithItsLastWords() throws Exception {
    ServerProcess server = start("echo 'the port is taken'; exit 3");
    HealthCheck check = new HealthCheck(server, NOBODY, Duration.ofSeconds(20));

    assertThatThrownBy(check::await)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("A test ended with status 3 before it answered")
        .hasMessageContaining("the port is taken");
  }

  @Test
  void aServerThatDoesNotAnswerIsClosed() throws Exception {
    ServerProcess server = start("sleep 600");
    HealthCheck check = new HealthCheck(server, NOBODY, Duration.ofMillis(200));

    assertThatThrownBy(check::await).hasMessageContaining("does not answer at " + NOBODY);
    assertThat(server.isAlive()).isFalse();
  }

  /** Run in a Java of its own by {@link #creator}. */
  static final class Creator {
    private Creator() {}

    public static void main(String[] args) throws Exception {
      Path folder = Path.of(args[0]);
      try (ServerProcess server = start(FAMILY, folder)) {
        family(folder);
        System.out.println("started");
        server.onExit().join();
      }
    }
  }

  private Process creator() throws IOException {
    return new ProcessBuilder(
            ProcessHandle.current().info().command().orElseThrow(),
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            Creator.class.getName(),
            folder.toString())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private ServerProcess start(String script) throws IOException {
    return start(script, folder);
  }

  private static ServerProcess start(String script, Path folder) throws IOException {
    return ServerProcess.start(
        new ServerCommand("A test", List.of("bash", "-c", script), Map.of(), folder));
  }

  private static List<ProcessHandle> family(Path folder) throws Exception {
    Path pids = folder.resolve("pids");
    String text = "";
    for (int i = 0; i < 500 && text.isBlank(); i++) {
      Thread.sleep(20);
      text = Files.exists(pids) ? Files.readString(pids) : "";
    }
    return List.of(text.strip().split(" ", -1)).stream()
        .map(pid -> ProcessHandle.of(Long.parseLong(pid)).orElseThrow())
        .toList();
  }

  private static void awaitEnd(ProcessHandle process) throws Exception {
    CompletableFuture<ProcessHandle> end = process.onExit();
    end.get(15, TimeUnit.SECONDS);
    assertThat(process.isAlive()).isFalse();
  }
}
