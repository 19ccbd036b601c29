package io.dioptra.worker.report;

import io.dioptra.worker.api.ApiException;
import io.dioptra.worker.api.DioptraApi;
import io.dioptra.worker.api.LogEntry;
import io.dioptra.worker.job.JobId;
import io.dioptra.worker.retry.Patience;
import io.dioptra.worker.task.LogLine;
import io.dioptra.worker.task.TaskEvents;
import java.time.Duration;
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
 * what has gathered every 200 ms, in order, again and again while the API is out of order.
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
  private static final int BATCH_LINES = 100;
  private static final long BATCH_CHARACTERS = 256 << 10;
  private static final long WAITING_CHARACTERS = 16 << 20;

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
  private final Backlog backlog = new Backlog(WAITING_CHARACTERS);
  private boolean closing;
  private boolean hurried;
  private int underWay;

  /** Starts to send. */
  public JobLog(DioptraApi api, JobId job, Patience patience) {
    this(job, entries -> api.appendLog(job, entries, patience));
  }

  JobLog(JobId job, Destination destination) {
    this.job = job;
    this.destination = destination;
    this.sender = Thread.ofVirtual().name("job-log-" + job).start(this::sendUntilClosed);
  }

  @Override
  public void log(LogLine line) {
    lock.lock();
    try {
      backlog.add(line);
      changed.signalAll();
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
   * Sends what is left, for as long as {@code limit}, and ends. What is logged later is lost.
   *
   * @return how many lines were not sent
   */
  public int close(Duration limit) throws InterruptedException {
    lock.lock();
    try {
      closing = true;
      hurried = true;
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
    try (var _ = MDC.putCloseable(JOB_KEY, job.toString())) {
      for (List<LogLine> lines = next(); !lines.isEmpty(); lines = next()) {
        lines.forEach(JobLog::copyToConsole);
        underWay = lines.size();
        send(lines.stream().flatMap(line -> LogRendering.entries(line).stream()).toList());
        underWay = 0;
        pauseUnlessHurried(PAUSE);
      }
    } catch (InterruptedException _) {
      // Closed, and the time is over.
    } catch (ApiException e) {
      LOG.warn("The log of job {} goes nowhere from here: {}", job, e.getMessage());
    }
  }

  /** The next lines to send, as soon as there are any; none when the log was closed. */
  private List<LogLine> next() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (backlog.isEmpty() && !closing) {
        changed.await();
      }
      return backlog.take(BATCH_LINES, BATCH_CHARACTERS);
    } finally {
      lock.unlock();
    }
  }

  /** Waits, so that lines gather, until there are enough for a request. */
  private void pauseUnlessHurried(Duration pause) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long nanos = pause.toNanos();
      while (!hurried && backlog.count() < BATCH_LINES && nanos > 0) {
        nanos = changed.awaitNanos(nanos);
      }
    } finally {
      lock.unlock();
    }
  }

  private void send(List<LogEntry> entries) throws ApiException, InterruptedException {
    while (true) {
      try {
        destination.append(entries);
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
