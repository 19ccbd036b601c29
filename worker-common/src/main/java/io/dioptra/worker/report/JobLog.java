package io.dioptra.worker.report;

import io.dioptra.worker.api.ApiException;
import io.dioptra.worker.api.DioptraApi;
import io.dioptra.worker.api.LogEntry;
import io.dioptra.worker.config.Secret;
import io.dioptra.worker.job.JobId;
import io.dioptra.worker.retry.Patience;
import io.dioptra.worker.task.LogLine;
import io.dioptra.worker.task.TaskEvents;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * The log of one job on its way to the REST API, and to the worker's own log.
 *
 * <p>Any thread may log; none waits for the network. One thread sends: the first line at once, then
 * what has gathered every 200 ms, in order, again and again while the API is out of order. What
 * comes faster than it is sent waits in a file, and what does not fit there is counted. Secrets are
 * masked before a line goes anywhere.
 */
public final class JobLog implements TaskEvents, AutoCloseable {
  /** Who speaks where the worker itself adds a line. */
  public static final String OWN_LOGGER = "dioptra.worker";

  private static final Logger CONSOLE = LoggerFactory.getLogger("job");
  private static final Logger LOG = LoggerFactory.getLogger(JobLog.class);
  private static final String JOB_KEY = "job_id";

  private static final Duration PAUSE = Duration.ofMillis(200);
  private static final Duration PAUSE_AFTER_TROUBLE = Duration.ofSeconds(2);
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(10);
  private static final int BATCH_LINES = 500;
  private static final long BATCH_CHARACTERS = 256 << 10;
  private static final Backlog.Room ROOM =
      new Backlog.Room(512 << 10, 128 << 20, 16 << 20, 512 << 10);

  /** How long a job that has ended waits for an API that takes what is left of its log. */
  private static final Duration CATCH_UP = Duration.ofSeconds(30);

  private static final int LAST_LINES = 1000;
  private static final long LAST_CHARACTERS = 4 << 20;

  /** Takes entries, all or none. */
  @FunctionalInterface
  interface Destination {
    void append(List<LogEntry> entries) throws ApiException, InterruptedException;
  }

  private final JobId job;
  private final Destination destination;
  private final Thread sender;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Backlog backlog;
  private volatile Masks masks;
  private boolean closing;
  private boolean hurried;
  private boolean ending;
  private boolean gone;
  private int underWay;
  private long nanosOfEnding;

  /**
   * Starts to send.
   *
   * @param folder where lines wait that come faster than they are sent
   * @param masks hide what must not be seen
   */
  public JobLog(DioptraApi api, JobId job, Patience patience, Path folder, Masks masks) {
    this(
        job,
        entries -> api.appendLog(job, entries, patience),
        new Backlog(ROOM, new Spool(folder, ROOM.disk() + 2 * ROOM.errors())),
        masks);
  }

  JobLog(JobId job, Destination destination, Backlog backlog, Masks masks) {
    this.job = job;
    this.destination = destination;
    this.backlog = backlog;
    this.masks = masks;
    this.sender = Thread.ofVirtual().name("job-log-" + job).start(this::sendUntilClosed);
  }

  /** Hides these secrets too in what is logged from now on. */
  public void mask(Collection<Secret> secrets) {
    masks = masks.and(secrets);
  }

  /** The text as this log shows it. */
  public String masked(String text) {
    return masks.apply(text);
  }

  @Override
  public void log(LogLine line) {
    LogLine shown = masks.apply(line);
    lock.lock();
    try {
      backlog.add(shown);
      // Nobody waits for another line than the first.
      if (backlog.count() == 1) {
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Sends what waits now and what comes later without waiting for more. Does not wait itself. */
  public void hurry() {
    lock.lock();
    try {
      hurried = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * The job has ended: waits until all is sent, for as long as {@code limit}. What takes the API
   * more than half a minute is left out but for its last lines; the time in which the API is out of
   * order does not count.
   *
   * @return whether all is sent that ever will be
   */
  public boolean finish(Duration limit) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      ending = true;
      hurried = true;
      changed.signalAll();
      long nanos = limit.toNanos();
      while (!gone && (underWay > 0 || !backlog.isEmpty()) && nanos > 0) {
        nanos = changed.awaitNanos(nanos);
      }
      return gone || (underWay == 0 && backlog.isEmpty());
    } finally {
      lock.unlock();
    }
  }

  /**
   * Sends what is left, for as long as {@code limit}, and ends. What is logged later is lost.
   *
   * @return how many lines were not sent
   */
  public int close(Duration limit) throws InterruptedException {
    lock.lock();
    try {
      closing = true;
      hurried = true;
      ending = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    try {
      if (!sender.join(limit)) {
        sender.interrupt();
        sender.join();
      }
    } catch (InterruptedException e) {
      sender.interrupt();
      throw e;
    }
    int lost = underWay + backlog.count();
    if (lost > 0) {
      LOG.warn("The last {} lines of the log of job {} were not taken by the REST API", lost, job);
    }
    return lost;
  }

  /** Sends what is left, for ten seconds at most, and ends. */
  @Override
  public void close() {
    try {
      var _ = close(CLOSE_LIMIT);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void sendUntilClosed() {
    try (backlog;
        var _ = MDC.putCloseable(JOB_KEY, job.toString())) {
      for (List<LogLine> lines = next(); !lines.isEmpty(); lines = next()) {
        lines.forEach(JobLog::copyToConsole);
        send(lines.stream().flatMap(line -> LogRendering.entries(line).stream()).toList());
        sent();
        pauseUnlessHurried(PAUSE);
      }
    } catch (InterruptedException _) {
      // Closed, and the time is over.
    } catch (ApiException e) {
      LOG.warn("The log of job {} goes nowhere from here: {}", job, e.getMessage());
    } catch (IOException e) {
      LOG.debug("Closing the file of waiting lines of job {}", job, e);
    } finally {
      leave();
    }
  }

  /** The next lines to send, as soon as there are any; none when the log was closed. */
  private List<LogLine> next() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (backlog.isEmpty() && !closing) {
        changed.await();
      }
      if (nanosOfEnding > CATCH_UP.toNanos() && backlog.count() > LAST_LINES) {
        backlog.keepLast(LAST_LINES, LAST_CHARACTERS);
      }
      List<LogLine> lines = backlog.take(BATCH_LINES, BATCH_CHARACTERS);
      underWay = lines.size();
      return lines;
    } finally {
      lock.unlock();
    }
  }

  private void sent() {
    lock.lock();
    try {
      underWay = 0;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void leave() {
    lock.lock();
    try {
      gone = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits, so that lines gather. Also where there are enough already: a flood that the API had to
   * take as it comes would hold up the API for everybody, and the job where they share a machine.
   */
  private void pauseUnlessHurried(Duration pause) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long nanos = pause.toNanos();
      while (!hurried && nanos > 0) {
        nanos = changed.awaitNanos(nanos);
      }
    } finally {
      lock.unlock();
    }
  }

  private void send(List<LogEntry> entries) throws ApiException, InterruptedException {
    while (true) {
      long start = System.nanoTime();
      try {
        destination.append(entries);
        addToEnding(System.nanoTime() - start);
        return;
      } catch (ApiException.Refused e) {
        if (e.isGone()) {
          throw e;
        }
        sendSingly(entries, e);
        return;
      } catch (ApiException e) {
        LOG.warn("The log of job {} waits: {}", job, e.getMessage());
        TimeUnit.NANOSECONDS.sleep(PAUSE_AFTER_TROUBLE.toNanos());
      }
    }
  }

  /** Only requests that were answered count. */
  private void addToEnding(long nanos) {
    lock.lock();
    try {
      nanosOfEnding += ending ? nanos : 0;
    } finally {
      lock.unlock();
    }
  }

  /** One bad entry makes the API refuse all that come with it. */
  private void sendSingly(List<LogEntry> entries, ApiException.Refused refusal)
      throws ApiException, InterruptedException {
    if (entries.size() > 1) {
      for (LogEntry entry : entries) {
        send(List.of(entry));
      }
    } else {
      LOG.warn("A line of the log of job {} is left out: {}", job, refusal.getMessage());
    }
  }

  private static void copyToConsole(LogLine line) {
    String text = LogRendering.text(line);
    switch (line.severity()) {
      case DEBUG -> CONSOLE.debug("{}", text);
      case INFO -> CONSOLE.info("{}", text);
      case WARNING -> CONSOLE.warn("{}", text);
      case ERROR, CRITICAL -> CONSOLE.error("{}", text);
    }
  }
}
