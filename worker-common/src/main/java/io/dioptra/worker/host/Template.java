package io.dioptra.worker.host;

import io.dioptra.worker.host.usage.ProcessMemory;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One Python process that has imported what jobs need and forks a host for each. When its
 * connection ends, it ends, and every host with it. Any thread may call it.
 */
final class Template implements Closeable {
  private static final Logger LOG = LoggerFactory.getLogger(Template.class);
  private static final long MIB = 1L << 20;
  private static final Duration LAST_WORDS = Duration.ofMillis(500);

  private final PythonProcess process;
  private final CompletableFuture<Conversation> conversation = new CompletableFuture<>();
  private final CompletableFuture<HostMessage.Ready> ready = new CompletableFuture<>();
  private final Map<Long, CompletableFuture<HostExit>> exits = new ConcurrentHashMap<>();
  private volatile List<String> pending;
  private volatile Optional<String> importing = Optional.empty();
  private volatile long memoryWhenReady;
  private int forks;
  private int hosts;
  private boolean retired;

  private Template(PythonProcess process, List<String> preload) {
    this.process = process;
    this.pending = List.copyOf(preload);
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
    try {
      PythonProcess process = PythonProcess.start(settings, arrival.token(), arguments);
      Template template = new Template(process, preload);
      arrival.main().thenAccept(template::connected).exceptionally(Template::logged);
      process
          .exit()
          .thenCompose(status -> template.lastWords().thenApply(_ -> status))
          .thenAccept(
              status -> {
                listener.forget(arrival);
                template.lost(status);
              })
          .exceptionally(Template::logged);
      return template;
    } catch (HostStartException e) {
      listener.forget(arrival);
      throw e;
    }
  }

  private void connected(Arrival.Greeted greeted) {
    conversation.complete(
        new Conversation("template", greeted.channel(), new OutputOrder(), this::heard));
  }

  private void heard(HostMessage message) {
    switch (message) {
      case HostMessage.Importing(String module) -> {
        pending = pending.subList(Math.max(pending.indexOf(module), 0), pending.size());
        importing = Optional.of(module);
      }
      case HostMessage.Ready it -> {
        pending = List.of();
        importing = Optional.empty();
        memoryWhenReady = memory();
        ready.complete(it);
      }
      case HostMessage.Ended(long pid, HostExit exit) -> exit(pid).complete(exit);
      case HostMessage.Hello _,
          HostMessage.Done _,
          HostMessage.Failed _,
          HostMessage.Log _,
          HostMessage.Want _ ->
          LOG.warn("The template said what only a host says: {}", message.getClass());
    }
  }

  /**
   * Completed when all that the process said has been heard, which may be after its end; one that
   * never said anything is not listened to for long.
   */
  private CompletableFuture<?> lastWords() {
    return conversation
        .thenCompose(Conversation::ended)
        .copy()
        .completeOnTimeout(
            new IOException("nothing was said"), LAST_WORDS.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void lost(int status) {
    String words = "the Python template " + HostExit.ofProcess(status).words();
    String tail = process.tail();
    ready.completeExceptionally(
        new HostStartException(tail.isEmpty() ? words : words + ". It last said:\n" + tail));
    HostExit end = new HostExit.Vanished("ended because " + words);
    exits.values().forEach(exit -> exit.complete(end));
  }

  long pid() {
    return process.pid();
  }

  /** Completed after the imports, or with a {@link HostStartException} when it ended before. */
  CompletableFuture<HostMessage.Ready> ready() {
    return ready;
  }

  /** Whether it is ready, and its forks work. */
  boolean isForkable() {
    return ready.isDone() && !ready.isCompletedExceptionally() && ready.join().forkable();
  }

  /** Completed when the process has ended. */
  CompletableFuture<Integer> ended() {
    return process.exit();
  }

  /** The modules whose import has not ended, in order. */
  List<String> pending() {
    return pending;
  }

  /** The module that is being imported, or was when the process ended. */
  Optional<String> importing() {
    return importing;
  }

  /**
   * Forks a host that will say {@code token}.
   *
   * @param program what the host goes on as, if not in Python
   * @return its process id; empty if this template takes no more orders
   */
  OptionalLong fork(String token, String socket, Optional<Program> program)
      throws InterruptedException, HostStartException {
    if (!reserve()) {
      return OptionalLong.empty();
    }
    boolean forked = false;
    try {
      HostMessage answer =
          conversation
              .get()
              .ask(new HostRequest.Fork(token, socket, program))
              .get(30, TimeUnit.SECONDS);
      if (!(answer instanceof HostMessage.Done(_, var body))) {
        throw new HostStartException("The template cannot fork: " + answer);
      }
      long pid = body.path("pid").asLong();
      exit(pid).thenRun(() -> ended(pid)).exceptionally(Template::logged);
      forked = true;
      return OptionalLong.of(pid);
    } catch (ExecutionException e) {
      throw new HostStartException("The template cannot fork: " + message(e), e);
    } catch (TimeoutException e) {
      throw new HostStartException("The template did not fork within 30 s", e);
    } finally {
      if (!forked) {
        release();
      }
    }
  }

  private void ended(long pid) {
    exits.remove(pid);
    release();
  }

  private synchronized boolean reserve() {
    if (retired) {
      return false;
    }
    forks++;
    hosts++;
    return true;
  }

  private void release() {
    boolean last;
    synchronized (this) {
      hosts--;
      last = retired && hosts == 0;
    }
    if (last) {
      leave();
    }
  }

  /** Lets it end as soon as its last host has; from now on it forks none. */
  void retire() {
    boolean unused;
    synchronized (this) {
      retired = true;
      unused = hosts == 0;
    }
    if (unused) {
      leave();
    }
  }

  /** How many hosts it has forked. */
  synchronized int forks() {
    return forks;
  }

  /**
   * Whether it needs a quarter and 64 MiB more memory than when it was ready: something grows in it
   * with each fork, and every later host begins with that.
   */
  boolean hasGrown() {
    long before = memoryWhenReady;
    return before > 0 && memory() > before + before / 4 + 64 * MIB;
  }

  /** In bytes, what it shares with its hosts included; 0 where the system does not say. */
  private long memory() {
    return ProcessMemory.atMost(List.of(pid()));
  }

  /** How the host with this process id ended, once it has. */
  CompletableFuture<HostExit> exit(long pid) {
    return exits.computeIfAbsent(pid, _ -> new CompletableFuture<>());
  }

  /** Does something to a host of its; a host that has ended is not met. */
  void push(long pid, Push how) {
    Conversation talk = conversation.getNow(null);
    if (talk != null) {
      talk.ask(new HostRequest.Kill(pid, how)).thenAccept(_ -> {}).exceptionally(Template::logged);
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

  /** Ends its connection, upon which it ends by itself; one that imports does not listen. */
  private void leave() {
    Conversation talk = conversation.getNow(null);
    if (talk == null || !ready.isDone()) {
      process.kill();
    } else {
      try {
        talk.close();
      } catch (IOException e) {
        LOG.debug("Closing the connection of a template", e);
        process.kill();
      }
    }
  }

  /** Ends it with all its hosts, and waits for that. */
  @Override
  public void close() {
    leave();
    process.close();
  }
}
