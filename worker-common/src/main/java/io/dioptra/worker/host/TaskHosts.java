package io.dioptra.worker.host;

import io.dioptra.worker.task.Severity;
import io.dioptra.worker.task.TaskEvents;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts a task host for each job, always as a fork: of the template that has imported what jobs
 * need, or of the bare one, which has imported nothing, where the first cannot be forked. Owns both
 * and replaces them when they have died. Any thread may call it.
 */
public final class TaskHosts implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TaskHosts.class);
  private static final Duration DYING = Duration.ofMillis(500);

  private final HostSettings settings;
  private final InstantSource clock;
  private final HostListener listener;
  private Template bare;
  private Template preloaded;

  private TaskHosts(
      HostSettings settings,
      InstantSource clock,
      HostListener listener,
      Template bare,
      Template preloaded) {
    this.settings = settings;
    this.clock = clock;
    this.listener = listener;
    this.bare = bare;
    this.preloaded = preloaded;
  }

  /** Starts the template and does not wait for its imports. */
  public static TaskHosts open(HostSettings settings, InstantSource clock)
      throws IOException, HostStartException {
    HostListener listener = HostListener.open();
    try {
      Template bare = Template.start(settings, List.of(), listener);
      Template preloaded =
          settings.preload().isEmpty()
              ? bare
              : Template.start(settings, settings.preload(), listener);
      return new TaskHosts(settings, clock, listener, bare, preloaded);
    } catch (HostStartException e) {
      listener.close();
      throw e;
    }
  }

  /** Waits until the template has imported all it should, and says in one line what that was. */
  public String awaitReady() throws InterruptedException, HostStartException {
    HostMessage.Ready ready = current().awaitReady(settings.templateWait());
    double seconds = ready.imports().stream().mapToDouble(HostMessage.Imported::seconds).sum();
    return ready.forkable()
        ? "%d modules imported in %.1f s".formatted(ready.imports().size(), seconds)
        : "every job imports for itself, because " + ready.reason();
  }

  /**
   * Starts a host. Waits for the template's imports and for the host's first word.
   *
   * @param events gets what the host's tasks log and print; called by several threads
   */
  public TaskHost start(TaskEvents events) throws InterruptedException, HostStartException {
    Template parent = current();
    try {
      return start(parent, events);
    } catch (HostStartException e) {
      // A template that dies at this moment is seen only by asking it for something.
      if (!parent.endsWithin(DYING)) {
        throw e;
      }
      LOG.warn("{}; trying once more", e.getMessage());
      return start(current(), events);
    }
  }

  private TaskHost start(Template parent, TaskEvents events)
      throws InterruptedException, HostStartException {
    if (!parent.awaitReady(settings.templateWait()).forkable()) {
      return start(bare(), events);
    }
    Arrival arrival = listener.expect();
    try {
      return forked(parent, arrival, events);
    } finally {
      listener.forget(arrival);
    }
  }

  private synchronized Template current() throws HostStartException {
    if (preloaded == bare) {
      preloaded = bare();
    } else if (!preloaded.isAlive()) {
      LOG.warn("The Python template has ended; starting it again");
      preloaded = Template.start(settings, settings.preload(), listener);
    }
    return preloaded;
  }

  private synchronized Template bare() throws HostStartException {
    if (!bare.isAlive()) {
      LOG.warn("The bare Python template has ended; starting it again");
      bare = Template.start(settings, List.of(), listener);
    }
    return bare;
  }

  private TaskHost forked(Template parent, Arrival arrival, TaskEvents events)
      throws InterruptedException, HostStartException {
    long pid = parent.fork(arrival.token(), listener.socket().toString());
    CompletableFuture<HostExit> exit = parent.exit(pid);
    exit.thenRun(() -> parent.forget(pid)).exceptionally(_ -> null);
    return connected(pid, arrival, events, new TaskHost.Guard(how -> parent.push(pid, how), exit));
  }

  private TaskHost connected(long pid, Arrival arrival, TaskEvents events, TaskHost.Guard guard)
      throws InterruptedException, HostStartException {
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
      Conversation conversation =
          new Conversation(
              "host-" + pid, arrival.main().join().channel(), said -> log(said, events));
      return new TaskHost(
          pid,
          conversation,
          new RawOutput(arrival.stdout().join().socket(), "stdout", Severity.INFO, events, clock),
          new RawOutput(
              arrival.stderr().join().socket(), "stderr", Severity.WARNING, events, clock),
          guard);
    } catch (TimeoutException e) {
      guard.push().accept(Push.END);
      throw new HostStartException("The task host did not connect within " + seconds(), e);
    } catch (ExecutionException e) {
      guard.push().accept(Push.END);
      throw new HostStartException("The task host could not be started: " + e.getCause(), e);
    }
  }

  private String seconds() {
    Duration wait = settings.startWait();
    return wait.toSeconds() + " s";
  }

  private static void log(HostMessage said, TaskEvents events) {
    if (said instanceof HostMessage.Log(var line)) {
      events.log(line);
    } else {
      LOG.warn("A task host said what only a template says: {}", said.getClass());
    }
  }

  @Override
  public void close() {
    try {
      synchronized (this) {
        preloaded.close();
        bare.close();
      }
      listener.close();
    } catch (IOException e) {
      LOG.warn("Closing the task hosts: {}", e.getMessage());
    }
  }
}
