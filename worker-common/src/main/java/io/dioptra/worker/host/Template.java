package io.dioptra.worker.host;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The Python process that has imported what jobs need and forks a host for each. When its
 * connection ends, it ends, and every host with it.
 */
final class Template implements Closeable {
  private static final Logger LOG = LoggerFactory.getLogger(Template.class);

  private final PythonProcess process;
  private final CompletableFuture<Conversation> conversation = new CompletableFuture<>();
  private final CompletableFuture<HostMessage.Ready> ready = new CompletableFuture<>();
  private final Map<Long, CompletableFuture<HostExit>> exits = new ConcurrentHashMap<>();

  private Template(PythonProcess process) {
    this.process = process;
  }

  /**
   * Starts one.
   *
   * @param preload what it imports; nothing for a bare one, which is ready at once
   */
  static Template start(HostSettings settings, List<String> preload, HostListener listener)
      throws HostStartException {
    Arrival arrival = listener.expect();
    List<String> arguments =
        List.of(
            "template",
            "--socket",
            listener.socket().toString(),
            "--preload",
            String.join(",", preload));
    Template template = new Template(PythonProcess.start(settings, arrival.token(), arguments));
    arrival.main().thenAccept(template::connected).exceptionally(Template::logged);
    template.process.exit().thenAccept(template::lost).exceptionally(Template::logged);
    return template;
  }

  private void connected(Arrival.Greeted greeted) {
    conversation.complete(new Conversation("template", greeted.channel(), this::heard));
  }

  private void heard(HostMessage message) {
    switch (message) {
      case HostMessage.Ready it -> {
        it.missing().forEach(m -> LOG.warn("Not preloaded: {}: {}", m.module(), m.error()));
        ready.complete(it);
      }
      case HostMessage.Ended(long pid, HostExit exit) -> exit(pid).complete(exit);
      case HostMessage.Hello _, HostMessage.Done _, HostMessage.Failed _, HostMessage.Log _ ->
          LOG.warn("The template said what only a host says: {}", message.getClass());
    }
  }

  private void lost(int status) {
    String words = "the Python template " + HostExit.ofProcess(status).words();
    String tail = process.tail();
    ready.completeExceptionally(
        new HostStartException(tail.isEmpty() ? words : words + ". It last said:\n" + tail));
    HostExit end = new HostExit.Vanished("ended because " + words);
    exits.values().forEach(exit -> exit.complete(end));
  }

  /** Waits until the imports are done. */
  HostMessage.Ready awaitReady(Duration limit) throws InterruptedException, HostStartException {
    try {
      return ready.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new HostStartException(message(e), e);
    } catch (TimeoutException e) {
      throw new HostStartException(
          "The template was not ready after " + limit.toSeconds() + " s", e);
    }
  }

  /** Forks a host that will say {@code token}. Returns its process id. */
  long fork(String token, String socket) throws InterruptedException, HostStartException {
    try {
      HostMessage answer =
          conversation.get().ask(new HostRequest.Fork(token, socket)).get(30, TimeUnit.SECONDS);
      if (answer instanceof HostMessage.Done(_, var body)) {
        return body.path("pid").asLong();
      }
      throw new HostStartException("The template cannot fork: " + answer);
    } catch (ExecutionException e) {
      throw new HostStartException("The template cannot fork: " + message(e), e);
    } catch (TimeoutException e) {
      throw new HostStartException("The template did not fork within 30 s", e);
    }
  }

  /** How the host with this process id ended, once it has. */
  CompletableFuture<HostExit> exit(long pid) {
    return exits.computeIfAbsent(pid, _ -> new CompletableFuture<>());
  }

  void forget(long pid) {
    exits.remove(pid);
  }

  /** Does something to a host of its; a host that has ended is not met. */
  void push(long pid, Push how) {
    Conversation talk = conversation.getNow(null);
    if (talk != null) {
      talk.ask(new HostRequest.Kill(pid, how)).thenAccept(_ -> {}).exceptionally(Template::logged);
    }
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Whether it has ended, or does so within the limit. */
  boolean endsWithin(Duration limit) throws InterruptedException {
    try {
      var _ = process.exit().get(limit.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException _) {
      return false;
    } catch (ExecutionException e) {
      throw new IllegalStateException("the end of a process has no failure", e);
    }
  }

  private static @Nullable Void logged(Throwable reason) {
    LOG.debug("The template's connection ended", reason);
    return null;
  }

  private static String message(ExecutionException e) {
    Throwable cause = e.getCause();
    return String.valueOf(cause == null ? e.getMessage() : cause.getMessage());
  }

  @Override
  public void close() throws IOException {
    Conversation talk = conversation.getNow(null);
    if (talk == null) {
      process.kill();
    } else {
      talk.close();
    }
    process.close();
  }
}
