package io.dioptra.worker.host;

import io.dioptra.worker.frame.FrameChannel;
import io.dioptra.worker.task.TaskEvents;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts a task host for each job, always as a fork: of the template that has imported what jobs
 * need, or of the bare one, which has imported nothing. Any thread may call it.
 *
 * <p>Where the first is not ready, the job starts by what is likely sooner. A job whose code names
 * none of the modules that are still to be imported is forked from the bare one as soon as its code
 * is there: what it needs, it imports itself. Any other job waits, because the template began those
 * imports before the job came. Where no template is being made ready, as the last ones died, nobody
 * waits.
 */
public final class TaskHosts implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TaskHosts.class);
  private static final Duration DYING = Duration.ofMillis(500);
  private static final Duration JVM_IDLE = Duration.ofMinutes(10);

  private final HostSettings settings;
  private final InstantSource clock;
  private final HostListener listener;
  private final Preload preload;
  private final Lineage bare;
  private final Lineage preloading;
  private final JvmHosts jvms;

  private TaskHosts(
      HostSettings settings, InstantSource clock, HostListener listener, Duration jvmIdle) {
    this.settings = settings;
    this.clock = clock;
    this.listener = listener;
    this.preload = new Preload(settings.preload());
    this.bare = Lineage.bare(settings, listener);
    this.preloading = Lineage.preloading(settings, listener, preload);
    this.jvms = new JvmHosts(this::startJvm, jvmIdle);
  }

  /** Starts the templates, with a socket among the temporary files; does not wait for them. */
  public static TaskHosts open(HostSettings settings, InstantSource clock) throws IOException {
    return open(settings, HostListener.TEMPORARY, clock, JVM_IDLE);
  }

  /**
   * Starts the templates and does not wait for them.
   *
   * @param folder in which the socket lies that hosts connect to
   */
  public static TaskHosts open(HostSettings settings, Path folder, InstantSource clock)
      throws IOException {
    return open(settings, folder, clock, JVM_IDLE);
  }

  /**
   * @param jvmIdle how long a JVM task host waits for its next job
   */
  static TaskHosts open(HostSettings settings, Path folder, InstantSource clock, Duration jvmIdle)
      throws IOException {
    TaskHosts hosts = new TaskHosts(settings, clock, HostListener.open(folder), jvmIdle);
    hosts.preloading.build();
    // Beside the imports it would only delay them: no job is taken before they are settled.
    hosts.preloading.settled().thenRun(hosts.bare::need).exceptionally(_ -> null);
    return hosts;
  }

  /**
   * Waits until hosts can be forked and all that should be imported first has been, and says in one
   * line what that was. A template that cannot import is no reason not to start.
   */
  public String awaitReady() throws InterruptedException, HostStartException {
    if (!settled(preloading.settled(), settings.templateWait())) {
      bareTemplate();
      return "the imports go on beside the first jobs";
    }
    Optional<Template> template = preloading.serving();
    if (template.isEmpty()) {
      bareTemplate();
      String trouble = preloading.trouble();
      return "every job imports for itself" + (trouble.isEmpty() ? "" : ", because " + trouble);
    }
    List<HostMessage.Imported> imports = template.get().ready().join().imports();
    double seconds = imports.stream().mapToDouble(HostMessage.Imported::seconds).sum();
    return "%d modules imported in %.1f s".formatted(imports.size(), seconds);
  }

  /** Starts a host, and waits for its first word. */
  public TaskHost start(HostOrder order) throws InterruptedException, HostStartException {
    Optional<Template> parent = preloaded(order);
    TaskHost.Backing backing =
        new TaskHost.Backing(
            order.events(),
            imports -> learn(order.queue().value(), imports),
            Optional.of(new JvmLease(jvms, order.events())));
    if (parent.isPresent()) {
      try {
        Optional<TaskHost> host = forked(preloading, parent.get(), Optional.empty(), backing);
        if (host.isPresent()) {
          return host.get();
        }
      } catch (HostStartException e) {
        rethrowIfAlive(parent.get(), e);
      }
    }
    return started(bareTemplate(), Optional.empty(), backing);
  }

  private TaskHost started(Template parent, Optional<Program> program, TaskHost.Backing backing)
      throws InterruptedException, HostStartException {
    try {
      Optional<TaskHost> host = forked(bare, parent, program, backing);
      if (host.isPresent()) {
        return host.get();
      }
    } catch (HostStartException e) {
      rethrowIfAlive(parent, e);
    }
    return forked(bare, bareTemplate(), program, backing)
        .orElseThrow(() -> new HostStartException("No template takes an order for a task host"));
  }

  /** A template that dies at this moment is seen only by asking it for something. */
  private static void rethrowIfAlive(Template parent, HostStartException e)
      throws InterruptedException, HostStartException {
    if (!settled(parent.ended(), DYING)) {
      throw e;
    }
    LOG.warn("{}; trying another way", e.getMessage());
  }

  private Optional<Template> preloaded(HostOrder order) throws InterruptedException {
    Optional<Template> serving = preloading.serving();
    if (serving.isPresent()) {
      return serving;
    }
    Optional<Template> coming = preloading.coming();
    return coming.isPresent() && isWorthWaiting(coming.get(), order) ? coming : Optional.empty();
  }

  private boolean isWorthWaiting(Template coming, HostOrder order) throws InterruptedException {
    long start = System.nanoTime();
    settled(CompletableFuture.anyOf(coming.ready(), order.code()), settings.templateWait());
    List<String> pending = coming.pending();
    if (!coming.ready().isDone()) {
      if (!needsAny(order.code(), pending)) {
        order
            .notes()
            .accept(
                "Python starts without its usual imports: they are not done yet (%s), and this"
                        .formatted(String.join(", ", pending))
                    + " job's plugins do not name them.");
        return false;
      }
      settled(coming.ready(), settings.templateWait());
    }
    boolean usable = coming.isForkable();
    double seconds = (System.nanoTime() - start) / 1e9;
    order
        .notes()
        .accept(
            usable
                ? "Waited %.1f s for Python's imports, which had begun before this job came."
                    .formatted(seconds)
                : "Waited %.1f s for Python's imports, which failed; this job imports for itself."
                    .formatted(seconds));
    return usable;
  }

  /** Code that never comes needs nothing, code that cannot be read may need everything. */
  private static boolean needsAny(CompletableFuture<JobCode> code, List<String> modules) {
    if (!code.isDone() || code.isCompletedExceptionally()) {
      return false;
    }
    try {
      return code.join().names(modules);
    } catch (IOException e) {
      LOG.debug("The code of a job cannot be read", e);
      return true;
    }
  }

  private Template bareTemplate() throws InterruptedException, HostStartException {
    bare.need();
    if (!settled(bare.settled(), settings.startWait())) {
      throw new HostStartException("Python did not start within " + seconds());
    }
    Optional<Template> template = bare.serving();
    if (template.isEmpty()) {
      template = bare.coming();
      if (template.isPresent()) {
        settled(template.get().ready(), settings.startWait());
      }
    }
    return template
        .filter(Template::isForkable)
        .orElseThrow(() -> new HostStartException(bare.trouble()));
  }

  private Optional<TaskHost> forked(
      Lineage lineage, Template parent, Optional<Program> program, TaskHost.Backing backing)
      throws InterruptedException, HostStartException {
    Arrival arrival = listener.expect();
    try {
      OptionalLong forked = parent.fork(arrival.token(), listener.socket().toString(), program);
      if (forked.isEmpty()) {
        return Optional.empty();
      }
      long pid = forked.getAsLong();
      CompletableFuture<HostExit> exit = parent.exit(pid);
      lineage.used(parent, exit);
      return Optional.of(
          connected(pid, arrival, backing, new TaskHost.Guard(how -> parent.push(pid, how), exit)));
    } finally {
      listener.forget(arrival);
    }
  }

  private void learn(String queue, List<HostMessage.Imported> imports) {
    if (preload.learn(queue, imports)) {
      preloading.outdate();
    }
  }

  /** Whether it completed within the limit, well or not. */
  private static boolean settled(CompletableFuture<?> future, Duration limit)
      throws InterruptedException {
    try {
      var _ = future.get(limit.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (ExecutionException _) {
      return true;
    } catch (TimeoutException _) {
      return false;
    }
  }

  private TaskHost connected(
      long pid, Arrival arrival, TaskHost.Backing backing, TaskHost.Guard guard)
      throws InterruptedException, HostStartException {
    TaskEvents events = backing.events();
    try {
      // A host that dies before its first word ends the wait.
      CompletableFuture<Void> all =
          CompletableFuture.allOf(arrival.stdout(), arrival.stderr(), arrival.main());
      CompletableFuture.anyOf(all, guard.exit())
          .get(settings.startWait().toMillis(), TimeUnit.MILLISECONDS);
      if (!all.isDone()) {
        throw new HostStartException(
            "The task host " + guard.exit().join().words() + " at its start");
      }
      OutputOrder outputs = new OutputOrder();
      Listening listening = new Listening(events, backing.jvm());
      Conversation conversation =
          new Conversation("host-" + pid, arrival.main().join().channel(), outputs, listening);
      listening.to(conversation);
      return new TaskHost(
          pid,
          conversation,
          output(arrival, OutputOrder.Stream.STDOUT, outputs, events),
          output(arrival, OutputOrder.Stream.STDERR, outputs, events),
          guard,
          backing);
    } catch (TimeoutException e) {
      guard.push().accept(Push.END);
      throw new HostStartException("The task host did not connect within " + seconds(), e);
    } catch (ExecutionException e) {
      guard.push().accept(Push.END);
      throw new HostStartException("The task host could not be started: " + e.getCause(), e);
    }
  }

  private RawOutput output(
      Arrival arrival, OutputOrder.Stream stream, OutputOrder order, TaskEvents events) {
    FrameChannel channel =
        switch (stream) {
          case STDOUT -> arrival.stdout().join();
          case STDERR -> arrival.stderr().join();
        };
    return new RawOutput(channel.socket(), arrival.token(), stream, order, events, clock);
  }

  private String seconds() {
    Duration wait = settings.startWait();
    return wait.toSeconds() + " s";
  }

  private JvmHost startJvm(JvmPlace place) throws InterruptedException, HostStartException {
    JvmCommand command = new JvmCommand(settings.python(), settings.environment());
    Program java =
        new Program(
            command.words(JvmCommand.HOST),
            command.variables(place),
            place.user(),
            place.openFiles());
    JvmHost.Sink sink = new JvmHost.Sink();
    TaskHost.Backing backing = new TaskHost.Backing(sink, _ -> {}, Optional.empty());
    return new JvmHost(started(bareTemplate(), Optional.of(java), backing), place, sink);
  }

  @Override
  public void close() {
    jvms.close();
    try {
      preloading.close();
      bare.close();
      listener.close();
    } catch (IOException e) {
      LOG.warn("Closing the task hosts: {}", e.getMessage());
    }
  }
}
