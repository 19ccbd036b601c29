package io.dioptra.worker.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The worker as its users start it: {@code bin/dioptra-worker-v1} as a process of its own. */
public final class WorkerProcess implements AutoCloseable {
  private static final Duration LOOK = Duration.ofMillis(20);

  private final ServerProcess process;

  private WorkerProcess(ServerProcess process) {
    this.process = process;
  }

  /**
   * Starts a worker and returns at once.
   *
   * @param environment whose worker: {@code worker-common}, {@code tensorflow-cpu} …
   * @param variables on top of the variables of this process
   * @param folder where it runs and writes its log
   * @param arguments of the command line, for example queue names
   */
  public static WorkerProcess start(
      String environment, Map<String, String> variables, Path folder, String... arguments)
      throws IOException {
    // What a shell starts in the background ignores SIGINT, and so would all that it starts.
    List<String> command = new ArrayList<>(List.of("env", "--default-signal=INT"));
    command.add(Checkout.find().resolve("bin/dioptra-worker-v1").toString());
    command.addAll(List.of(arguments));
    Map<String, String> all = new LinkedHashMap<>(variables);
    all.put("DIOPTRA_WORKER_ENVIRONMENT", environment);
    all.putIfAbsent("DIOPTRA_WORKDIR", folder.toString());
    return new WorkerProcess(
        ServerProcess.start(new ServerCommand("the worker", command, all, folder)));
  }

  /** Waits until the worker has imported what it should and takes jobs. */
  public void awaitReady(Duration limit) throws IOException, InterruptedException {
    awaitLine("Python is ready", limit);
  }

  /** Waits until a text stands in the worker's own log. */
  public void awaitLine(String text, Duration limit) throws IOException, InterruptedException {
    long end = System.nanoTime() + limit.toNanos();
    while (!log().contains(text)) {
      if (endedWithin(LOOK)) {
        throw new IOException("The worker ended:\n" + log());
      }
      if (System.nanoTime() > end) {
        throw new IOException("The worker did not say \"" + text + "\":\n" + log());
      }
    }
  }

  /** All that the worker has written so far. */
  public String log() throws IOException {
    return Files.readString(process.log(), StandardCharsets.UTF_8);
  }

  /** The worker's own process id. */
  public long pid() {
    return process.pids().getFirst();
  }

  /** Asks the worker to end, as a supervisor does: SIGTERM. */
  public void terminate() {
    ProcessHandle.of(pid()).ifPresent(ProcessHandle::destroy);
  }

  /** Ends the worker without asking: SIGKILL, for the process of Java alone. */
  public void kill() {
    ProcessHandle.of(pid()).ifPresent(ProcessHandle::destroyForcibly);
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** The server behind it, to watch. */
  public ServerProcess process() {
    return process;
  }

  private boolean endedWithin(Duration wait) throws IOException, InterruptedException {
    try {
      process.onExit().get(wait.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException _) {
      return false;
    } catch (ExecutionException e) {
      throw new IOException("Cannot watch the worker", e);
    }
  }

  @Override
  public void close() {
    process.close();
  }
}
