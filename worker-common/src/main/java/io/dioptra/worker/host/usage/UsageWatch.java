package io.dioptra.worker.host.usage;

import io.dioptra.worker.config.JobLimits;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches what a task host and all that it starts use, on a thread of its own, until it is closed.
 * The kernel has no signal for it, so it is looked at: ten times a second where there is a limit,
 * as a plugin fills a gigabyte in a quarter of a second, else once.
 */
public final class UsageWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(UsageWatch.class);
  private static final Duration LIMITED = Duration.ofMillis(100);
  private static final Duration UNLIMITED = Duration.ofSeconds(1);

  /** Looks that pass between two of the slower kind. */
  private static final int SLOW = 10;

  private final Supplier<List<Long>> roots;
  private final Path folder;
  private final JobLimits limits;
  private final Consumer<Excess> alarm;
  private final ProcessMemory memory = new ProcessMemory();
  private final CountDownLatch closed = new CountDownLatch(1);
  private long peak;

  private UsageWatch(
      Supplier<List<Long>> roots, Path folder, JobLimits limits, Consumer<Excess> alarm) {
    this.roots = roots;
    this.folder = folder;
    this.limits = limits;
    this.alarm = alarm;
  }

  /**
   * Begins to watch.
   *
   * @param name whose use it is, for the thread
   * @param roots the processes whose descendants are watched with them; asked at each look
   * @param folder the folder whose size counts
   * @param alarm told once, on the watching thread, which then ends
   */
  public static UsageWatch start(
      String name,
      Supplier<List<Long>> roots,
      Path folder,
      JobLimits limits,
      Consumer<Excess> alarm) {
    UsageWatch watch = new UsageWatch(roots, folder, limits, alarm);
    Thread.ofVirtual().name("usage-watch-" + name).start(watch::watch);
    return watch;
  }

  /** The most memory that was seen, in bytes. */
  public synchronized long peakMemory() {
    return peak;
  }

  /** Looks at the memory now, so that a job shorter than the interval is seen too. */
  public synchronized void look() {
    var _ = tooMuchMemory(processes(), true);
  }

  private void watch() {
    Duration interval = limits.any() ? LIMITED : UNLIMITED;
    try {
      for (int look = 0; !closed.await(interval.toNanos(), TimeUnit.NANOSECONDS); look++) {
        Optional<Excess> excess = look(look % SLOW == 0 || !limits.any());
        if (excess.isPresent()) {
          alarm.accept(excess.get());
          return;
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized Optional<Excess> look(boolean closely) {
    List<Long> processes = processes();
    Optional<Excess> excess = tooMuchMemory(processes, closely);
    if (excess.isEmpty()
        && limits.processes().isPresent()
        && processes.size() > limits.processes().getAsInt()) {
      excess = Optional.of(new Excess.Processes(processes.size(), limits.processes().getAsInt()));
    }
    return excess.isEmpty() && closely ? tooLargeFolder() : excess;
  }

  private List<Long> processes() {
    return roots.get().stream()
        .flatMap(root -> ProcessHandle.of(root).stream())
        .flatMap(it -> Stream.concat(Stream.of(it), it.descendants()))
        .map(ProcessHandle::pid)
        .toList();
  }

  private Optional<Excess> tooMuchMemory(List<Long> processes, boolean closely) {
    long limit = limits.memory().orElse(Long.MAX_VALUE);
    if (!closely && ProcessMemory.atMost(processes) <= limit) {
      return Optional.empty();
    }
    long used = memory.used(processes);
    peak = Math.max(peak, used);
    return used > limit ? Optional.of(new Excess.Memory(used, limit)) : Optional.empty();
  }

  private Optional<Excess> tooLargeFolder() {
    if (limits.folder().isEmpty()) {
      return Optional.empty();
    }
    long limit = limits.folder().getAsLong();
    try {
      long used = FolderSize.of(folder);
      return used > limit ? Optional.of(new Excess.Folder(used, limit)) : Optional.empty();
    } catch (IOException e) {
      LOG.debug("The size of {} is not known", folder, e);
      return Optional.empty();
    }
  }

  @Override
  public void close() {
    closed.countDown();
  }
}
