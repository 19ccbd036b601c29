package io.dioptra.worker.host;

import io.dioptra.worker.frame.ProtocolException;
import io.dioptra.worker.host.usage.OomKills;
import io.dioptra.worker.task.ArtifactLoad;
import io.dioptra.worker.task.ArtifactModule;
import io.dioptra.worker.task.ArtifactSave;
import io.dioptra.worker.task.TaskCall;
import io.dioptra.worker.task.TaskEvents;
import io.dioptra.worker.task.TaskFailure;
import io.dioptra.worker.task.TaskResult;
import io.dioptra.worker.task.TaskRunner;
import io.dioptra.worker.task.Value;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * The process of one job's tasks. One thread asks; any thread may {@link #kill()}. Closing ends the
 * process and waits until its last words have been read.
 */
public final class TaskHost implements TaskRunner, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TaskHost.class);
  private static final Duration GRACE = Duration.ofSeconds(3);
  private static final Duration LAST_WORDS = Duration.ofMillis(500);
  private static final int SIGKILL = 9;

  /** Nobody tells when the stacks are written: a machine that is not overloaded takes a few ms. */
  private static final Duration STACKS = Duration.ofMillis(500);

  /** How its template reaches a host, and how the host's end is seen. */
  record Guard(Consumer<Push> push, CompletableFuture<HostExit> exit) {}

  /**
   * How a host ended.
   *
   * @param words that follow its name, and what it last wrote to stderr
   * @param memory whether the kernel ended it, because memory ran out
   */
  record Ending(String words, boolean memory) {}

  private final long pid;
  private final Conversation conversation;
  private final RawOutput stdout;
  private final RawOutput stderr;
  private final Guard guard;
  private final OomKills oomKills = new OomKills();
  private volatile boolean killed;
  private final Backing backing;

  /**
   * What the worker does for a host.
   *
   * @param events gets what its tasks log and print
   * @param imported gets the imports of the job that took long
   * @param jvm what its tasks may ask for, unless it is such a host itself
   */
  record Backing(
      TaskEvents events, Consumer<List<HostMessage.Imported>> imported, Optional<JvmLease> jvm) {}

  TaskHost(
      long pid,
      Conversation conversation,
      RawOutput stdout,
      RawOutput stderr,
      Guard guard,
      Backing backing) {
    this.backing = backing;
    this.pid = pid;
    this.conversation = conversation;
    this.stdout = stdout;
    this.stderr = stderr;
    this.guard = guard;
  }

  /** The job's processes that the worker had started: this one, and a JVM while the job has one. */
  public List<Long> processes() {
    return Stream.concat(Stream.of(pid), backing.jvm().flatMap(JvmLease::pid).stream()).toList();
  }

  /** The process id. */
  public long pid() {
    return pid;
  }

  /** Moves into the job's folder. Has to be the first request. */
  public TaskResult<JsonNode> prepare(JobSetting setting) throws InterruptedException {
    backing.jvm().ifPresent(it -> it.begin(setting));
    return ask(new HostRequest.Prepare(setting), body -> body);
  }

  /** Makes an MLflow run the active one of {@code mlflow}'s fluent functions. */
  public TaskResult<JsonNode> resume(String runId) throws InterruptedException {
    return ask(new HostRequest.Resume(runId), body -> body);
  }

  @Override
  public TaskResult<SequencedMap<String, Value>> describe(List<ArtifactModule> modules)
      throws InterruptedException {
    return ask(new HostRequest.Describe(modules), body -> schemas(body.path("schemas")));
  }

  @Override
  public TaskResult<List<String>> bind(SequencedMap<String, Value> parameters)
      throws InterruptedException {
    return ask(new HostRequest.Bind(parameters), TaskHost::names);
  }

  @Override
  public TaskResult<List<String>> load(ArtifactLoad load) throws InterruptedException {
    return ask(new HostRequest.Load(load), TaskHost::names);
  }

  @Override
  public TaskResult<List<String>> call(TaskCall call) throws InterruptedException {
    return ask(new HostRequest.Call(call), TaskHost::names);
  }

  @Override
  public TaskResult<Path> save(ArtifactSave save) throws InterruptedException {
    return ask(new HostRequest.Save(save), body -> Path.of(body.path("path").asString()));
  }

  /** Lets the host leave by itself; all that it logged has arrived when this returns. */
  public void finish() throws InterruptedException {
    TaskResult<List<HostMessage.Imported>> answer =
        ask(new HostRequest.Finish(), HostMessage::imports);
    if (answer instanceof TaskResult.Done<List<HostMessage.Imported>>(var imports)) {
      backing.imported().accept(imports);
    }
    awaitExit();
    backing.jvm().ifPresent(JvmLease::close);
  }

  /** Ends the job of a host that stays for the next one. False if it does not within the limit. */
  boolean reset(Duration limit) throws InterruptedException {
    return within(conversation.ask(new HostRequest.Finish()), limit)
        .filter(HostMessage.Done.class::isInstance)
        .isPresent();
  }

  /** Waits for the end of the process, which has begun, and for its last words. */
  Ending ending() throws InterruptedException {
    HostExit exit = awaitExit();
    return ending(exit, exit.words());
  }

  /** Lets a host that is not Python write to the log where its tasks are. */
  CompletableFuture<?> askForStacks() {
    return conversation.ask(new HostRequest.Stacks());
  }

  /**
   * Lets the host write the Python stack of every thread to its stderr, also while C code holds the
   * interpreter. The host goes on. Does not wait: an {@link #ask()} right behind may be faster.
   */
  public void dumpStacks() {
    guard.push().accept(Push.STACKS);
  }

  /**
   * Asks the process and its process group to end, by SIGTERM: a task that handles it may tidy up.
   * One that ignores it, or that hangs in C code behind a handler of Python, goes on.
   */
  public void ask() {
    guard.push().accept(Push.ASK);
  }

  /** Ends the process, its process group and all that it leaves behind, at once. */
  public void kill() {
    killed = true;
    guard.push().accept(Push.END);
  }

  /**
   * Ends the process in steps: its stacks go to the log, then it is asked, then killed. Returns at
   * once; a thread of this host does it, until the process has ended.
   *
   * @param grace how long it may go on after it was asked
   */
  public void end(Duration grace) {
    Thread.ofVirtual().name("host-end-" + pid).start(() -> endInSteps(grace));
  }

  private void endInSteps(Duration grace) {
    try {
      dumpStacks();
      if (backing.jvm().isPresent()) {
        var _ = within(backing.jvm().get().dumpStacks(), STACKS);
      }
      if (within(guard.exit(), STACKS).isEmpty()) {
        ask();
        if (within(guard.exit(), grace).isEmpty()) {
          kill();
        }
      }
    } catch (InterruptedException _) {
      kill();
    }
  }

  /** What the process and its children have used of the processors; zero before its end. */
  public Duration processorTime() {
    return guard.exit().isDone() ? guard.exit().join().used() : Duration.ZERO;
  }

  private <T> TaskResult<T> ask(HostRequest request, Function<JsonNode, T> read)
      throws InterruptedException {
    try {
      HostMessage answer = conversation.ask(request).get();
      return switch (answer) {
        case HostMessage.Done(_, JsonNode body) -> new TaskResult.Done<>(read.apply(body));
        case HostMessage.Failed failed -> new TaskResult.Failed<>(failure(failed));
        case HostMessage.Hello _,
            HostMessage.Importing _,
            HostMessage.Ready _,
            HostMessage.Ended _,
            HostMessage.Log _,
            HostMessage.Want _ ->
            throw new IllegalStateException("an event was taken for an answer: " + answer);
      };
    } catch (ExecutionException e) {
      return new TaskResult.Failed<>(howItEnded(e));
    }
  }

  private TaskFailure howItEnded(ExecutionException lost) throws InterruptedException {
    HostExit exit = awaitExit();
    Throwable cause = lost.getCause();
    String how =
        switch (exit) {
          case HostExit.Vanished _ when cause instanceof ProtocolException -> cause.toString();
          case HostExit.Left _, HostExit.Signalled _, HostExit.Vanished _ -> exit.words();
        };
    Ending ending = ending(exit, how);
    return ending.memory()
        ? new TaskFailure.OutOfMemory(ending.words())
        : new TaskFailure.HostEnded(ending.words());
  }

  private Ending ending(HostExit exit, String how) {
    boolean isKilled = exit instanceof HostExit.Signalled(var signal, var _) && signal == SIGKILL;
    return new Ending(withTail(how), isKilled && !killed && oomKills.since());
  }

  private String withTail(String how) {
    String tail = stderr.tail();
    return tail.isEmpty() ? how : how + "\nIt last wrote to stderr:\n" + tail;
  }

  private static TaskFailure failure(HostMessage.Failed failed) {
    return switch (failed.kind()) {
      case "not-found" -> new TaskFailure.NotFound(failed.message());
      case "exit" -> new TaskFailure.CalledExit(failed.message(), failed.traceback());
      case "memory" -> new TaskFailure.Lacked(TaskFailure.Means.MEMORY, raised(failed));
      case "disk" -> new TaskFailure.Lacked(TaskFailure.Means.DISK, raised(failed));
      case "jvm" -> new TaskFailure.Lacked(TaskFailure.Means.JVM, raised(failed));
      case "module" -> new TaskFailure.Lacked(TaskFailure.Means.MODULE, raised(failed));
      default -> raised(failed);
    };
  }

  private static TaskFailure.Raised raised(HostMessage.Failed failed) {
    return new TaskFailure.Raised(failed.exception(), failed.message(), failed.traceback());
  }

  /** Waits for the end, enforces it after a while, then for the rest of the output. */
  private HostExit awaitExit() throws InterruptedException {
    Optional<HostExit> exit = within(guard.exit(), GRACE);
    if (exit.isEmpty()) {
      kill();
      exit = within(guard.exit(), GRACE);
    }
    within(conversation.ended(), LAST_WORDS);
    awaitEnd(stdout);
    awaitEnd(stderr);
    return exit.orElseGet(() -> new HostExit.Vanished("does not answer and cannot be ended"));
  }

  /** Waits for the last words for as long as there come more. */
  private static void awaitEnd(RawOutput output) throws InterruptedException {
    long read = -1;
    while (!output.ended().isDone() && output.bytesRead() > read) {
      read = output.bytesRead();
      within(output.ended(), LAST_WORDS);
    }
  }

  private static <T> Optional<T> within(CompletableFuture<T> future, Duration limit)
      throws InterruptedException {
    try {
      return Optional.ofNullable(future.get(limit.toMillis(), TimeUnit.MILLISECONDS));
    } catch (TimeoutException | ExecutionException _) {
      return Optional.empty();
    }
  }

  private static List<String> names(JsonNode body) {
    List<String> names = new ArrayList<>();
    body.path("names").forEach(name -> names.add(name.asString()));
    return names;
  }

  private static SequencedMap<String, Value> schemas(JsonNode pairs) {
    try {
      return ValueJson.decodePairs(pairs);
    } catch (ProtocolException e) {
      throw new IllegalStateException(e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    if (!guard.exit().isDone()) {
      kill();
    }
    backing.jvm().ifPresent(JvmLease::close);
    try {
      awaitExit();
      conversation.close();
      stdout.close();
      stderr.close();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      LOG.debug("Closing the connections of task host {}", pid, e);
    }
  }
}
