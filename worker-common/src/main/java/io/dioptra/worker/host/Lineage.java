package io.dioptra.worker.host;

import java.io.Closeable;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The templates that follow each other with the same imports: at most one serves, at most one is
 * being made ready beside it, and those before keep the hosts they have until these end.
 *
 * <p>One that dies is started again at once, and later each time when it dies again within minutes.
 * One that has forked enough, has grown, or would import something else today is replaced as soon
 * as the next one is ready. One that nobody needed for long is let go. One that cannot be forked
 * after a module was imported is tried without that module.
 *
 * <p>Owns one thread, on which templates start and end. Any thread may call it.
 */
final class Lineage implements Closeable {
  private static final Logger LOG = LoggerFactory.getLogger(Lineage.class);
  private static final Duration LONG_LIFE = Duration.ofMinutes(5);
  private static final int LONGEST_PAUSE_SECONDS = 60;

  private final String name;
  private final HostSettings settings;
  private final HostListener listener;
  private final Preload preload;
  private final Optional<Duration> idle;
  private final boolean startsEmpty;
  private final ScheduledExecutorService clockwork;
  private final Set<Template> all = new HashSet<>();
  private CompletableFuture<@Nullable Void> settled = new CompletableFuture<>();
  private @Nullable Template serving;
  private @Nullable Template coming;
  private String trouble = "";
  private int deaths;
  private long lastUse;
  private int busy;
  private boolean stale;
  private boolean pausing;
  private boolean watchesIdle;
  private boolean closed;

  private Lineage(
      String name,
      HostSettings settings,
      HostListener listener,
      Preload preload,
      Optional<Duration> idle,
      boolean startsEmpty) {
    this.name = name;
    this.settings = settings;
    this.listener = listener;
    this.preload = preload;
    this.idle = idle;
    this.startsEmpty = startsEmpty;
    this.clockwork =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("templates-" + name).factory());
  }

  /** Templates that import nothing, which are never let go. */
  static Lineage bare(HostSettings settings, HostListener listener) {
    Preload nothing = new Preload(PreloadSettings.NONE);
    return new Lineage("bare", settings, listener, nothing, Optional.empty(), true);
  }

  /** Templates that import what jobs need; none where that is nothing. */
  static Lineage preloading(HostSettings settings, HostListener listener, Preload preload) {
    return new Lineage("preloading", settings, listener, preload, settings.life().idle(), false);
  }

  /** Lets the next template start, where none is being made ready. */
  void build() {
    later(this::begin, Duration.ZERO);
  }

  /** Lets the first template start, where it has not. */
  void need() {
    later(this::beginTheFirst, Duration.ZERO);
  }

  private synchronized void beginTheFirst() {
    if (all.isEmpty() && deaths == 0) {
      begin();
    }
  }

  /** Completed when the first template serves, or has turned out not to. */
  synchronized CompletableFuture<@Nullable Void> settled() {
    return settled.copy();
  }

  /** The template that serves now. */
  synchronized Optional<Template> serving() {
    if (serving != null && serving.ended().isDone()) {
      ended(serving);
    }
    return Optional.ofNullable(serving);
  }

  /**
   * The template that is being made ready; one is begun where none is, and could be: where none
   * died lately.
   */
  synchronized Optional<Template> coming() {
    if (coming == null && serving == null && deaths == 0) {
      begin();
    }
    return Optional.ofNullable(coming);
  }

  /** Why none serves, in words for a person; empty where nothing is wrong. */
  synchronized String trouble() {
    return trouble;
  }

  /** A template has forked a host; keeps it until the host ends, and looks whether it is worn. */
  void used(Template template, CompletableFuture<HostExit> exit) {
    synchronized (this) {
      busy++;
    }
    exit.thenRun(this::unused).exceptionally(_ -> null);
    if (template.forks() >= settings.life().maxForks()) {
      renew(template, "it has forked " + template.forks() + " task hosts");
    } else if (template.hasGrown()) {
      renew(template, "its memory has grown");
    }
  }

  private synchronized void unused() {
    busy--;
    lastUse = System.nanoTime();
    if (busy == 0) {
      if (stale) {
        build();
      }
      idle.ifPresent(this::watchIdle);
    }
  }

  /** Other modules are to be imported: the next template comes when no job runs. */
  synchronized void outdate() {
    stale = true;
    if (busy == 0) {
      build();
    }
  }

  private synchronized void renew(Template worn, String why) {
    if (worn == serving && coming == null && !pausing) {
      LOG.info("The Python template {} is replaced, because {}", worn.pid(), why);
      build();
    }
  }

  private synchronized void begin() {
    if (closed || coming != null) {
      return;
    }
    stale = false;
    List<String> modules = preload.modules();
    if (modules.isEmpty() && !startsEmpty) {
      settled.complete(null);
      return;
    }
    try {
      Template next = Template.start(settings, modules, listener);
      coming = next;
      all.add(next);
      next.ready()
          .handle(
              (ready, failure) -> {
                later(() -> came(next, ready, failure), Duration.ZERO);
                return null;
              })
          .exceptionally(_ -> null);
      next.ended().thenRun(() -> later(() -> ended(next), Duration.ZERO)).exceptionally(_ -> null);
      later(() -> tooLong(next), settings.templateWait());
    } catch (HostStartException e) {
      trouble = String.valueOf(e.getMessage());
      again();
      settled.complete(null);
    }
  }

  private synchronized void came(
      Template next, HostMessage.@Nullable Ready ready, @Nullable Throwable failure) {
    if (next != coming) {
      return;
    }
    coming = null;
    if (ready == null) {
      String why = failure == null ? "it ended" : String.valueOf(failure.getMessage());
      boolean changed = next.importing().filter(preload::dropAsDeadly).isPresent();
      failed(why, changed);
    } else if (!ready.forkable()) {
      next.retire();
      failed(ready.reason(), preload.drop(ready.culprit(), ready.reason()));
    } else {
      preload.review(ready);
      serve(next, ready);
    }
  }

  private void serve(Template next, HostMessage.Ready ready) {
    if (!ready.imports().isEmpty()) {
      LOG.info("The Python template is ready: {}", words(ready));
    }
    if (serving != null) {
      serving.retire();
    }
    serving = next;
    trouble = "";
    later(() -> proven(next), LONG_LIFE);
    settled.complete(null);
    lastUse = System.nanoTime();
    idle.ifPresent(this::watchIdle);
    // What a job told while this one was importing, it does not have.
    if (stale && busy == 0) {
      build();
    }
  }

  /** Without the module that did it, the next try may go well at once. */
  private void failed(String why, boolean nextIsAnother) {
    trouble = why;
    if (nextIsAnother) {
      begin();
    } else {
      LOG.warn("The {} Python template did not become ready: {}", name, why);
      if (serving == null) {
        again();
      } else {
        pause();
      }
    }
    if (coming == null) {
      settled.complete(null);
    }
  }

  private synchronized void ended(Template template) {
    all.remove(template);
    if (template == serving) {
      LOG.warn("The Python template {} has ended; it is started again", template.pid());
      serving = null;
      again();
    }
  }

  /** At once after the first death, then after one second, two, four and so on. */
  private void again() {
    deaths++;
    if (deaths == 1) {
      begin();
    } else {
      int pause = Math.min(LONGEST_PAUSE_SECONDS, 1 << Math.min(deaths - 2, 6));
      later(this::beginWhereNoneServes, Duration.ofSeconds(pause));
    }
  }

  /** The one that serves is good enough for a while. */
  private void pause() {
    pausing = true;
    later(this::unpause, Duration.ofSeconds(LONGEST_PAUSE_SECONDS));
  }

  private synchronized void unpause() {
    pausing = false;
  }

  private synchronized void beginWhereNoneServes() {
    if (serving == null) {
      begin();
    }
  }

  private synchronized void proven(Template template) {
    if (template == serving) {
      deaths = 0;
    }
  }

  private synchronized void tooLong(Template template) {
    if (template == coming) {
      LOG.warn(
          "The Python template is not ready after {} s and is ended",
          settings.templateWait().toSeconds());
      template.retire();
    }
  }

  private void watchIdle(Duration limit) {
    if (!watchesIdle) {
      watchesIdle = true;
      later(() -> letGoAfter(limit), limit);
    }
  }

  private synchronized void letGoAfter(Duration limit) {
    watchesIdle = false;
    if (busy > 0 || serving == null) {
      return;
    }
    Duration left = limit.minusNanos(System.nanoTime() - lastUse);
    if (left.isPositive()) {
      watchesIdle = true;
      later(() -> letGoAfter(limit), left);
    } else {
      LOG.info("The Python template {} is let go: no job needed it for long", serving.pid());
      serving.retire();
      serving = null;
      deaths = 0;
    }
  }

  private void later(Runnable work, Duration delay) {
    try {
      var _ = clockwork.schedule(() -> watched(work), delay.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      LOG.debug("The templates are closed", e);
    }
  }

  private void watched(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException e) {
      LOG.error("The {} Python template is not looked after as it should be", name, e);
    }
  }

  private static String words(HostMessage.Ready ready) {
    double seconds = ready.imports().stream().mapToDouble(HostMessage.Imported::seconds).sum();
    String longest =
        ready.imports().stream()
            .map(it -> String.format(Locale.ROOT, "%s %.2f", it.module(), it.seconds()))
            .collect(Collectors.joining(", "));
    return String.format(
        Locale.ROOT,
        "%d modules imported in %.1f s (%s)",
        ready.imports().size(),
        seconds,
        longest);
  }

  /** Ends all templates and their hosts. */
  @Override
  public void close() {
    List<Template> left;
    synchronized (this) {
      closed = true;
      serving = null;
      coming = null;
      left = List.copyOf(all);
    }
    clockwork.shutdownNow();
    left.forEach(Template::close);
  }
}
