package io.dioptra.worker.host;

import io.dioptra.worker.task.TaskEvents;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The JVM task hosts of a worker. One is started when a job first asks for it, belongs to that job
 * until it ends, waits for the next job, and is let go when none comes. Any thread may call it.
 */
final class JvmHosts implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(JvmHosts.class);

  private final Starter starter;
  private final Duration patience;
  private final Deque<JvmHost> idle = new ArrayDeque<>();
  private final ScheduledExecutorService later =
      Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().name("jvm-idle").factory());

  /** Starts a process. */
  interface Starter {
    JvmHost start(JvmPlace place) throws InterruptedException, HostStartException;
  }

  /** A host with the job it was opened for. */
  record Opened(JvmHost host, JvmAddress address) {}

  /**
   * @param patience how long a host waits for its next job
   */
  JvmHosts(Starter starter, Duration patience) {
    this.starter = starter;
    this.patience = patience;
  }

  /** Gives a host to a job: a warm one, if there is one that fits. */
  Opened open(JobSetting setting, TaskEvents events)
      throws InterruptedException, HostStartException {
    JvmPlace place = JvmPlace.of(setting);
    for (Optional<JvmHost> warm = warm(place); warm.isPresent(); warm = warm(place)) {
      Optional<JvmAddress> address = warm.get().open(setting, events);
      if (address.isPresent()) {
        return new Opened(warm.get(), address.get());
      }
      warm.get().close();
    }
    JvmHost fresh = starter.start(place);
    try {
      Optional<JvmAddress> address = fresh.open(setting, events);
      if (address.isPresent()) {
        return new Opened(fresh, address.get());
      }
      throw new HostStartException("The JVM task host " + fresh.ending().words() + " at its start");
    } catch (InterruptedException | HostStartException e) {
      fresh.close();
      throw e;
    }
  }

  private synchronized Optional<JvmHost> warm(JvmPlace place) {
    for (Iterator<JvmHost> each = idle.iterator(); each.hasNext(); ) {
      JvmHost host = each.next();
      if (host.place().equals(place)) {
        each.remove();
        return Optional.of(host);
      }
    }
    return Optional.empty();
  }

  /** Takes a host back from its job; one that cannot be used any more is ended. */
  @SuppressWarnings("FutureReturnValueIgnored") // nobody waits for it
  void giveBack(JvmHost host) throws InterruptedException {
    if (!host.finish()) {
      LOG.info("The JVM task host does not end its job, and is ended itself");
      host.close();
      return;
    }
    synchronized (this) {
      if (!later.isShutdown()) {
        idle.addFirst(host);
        later.schedule(() -> letGo(host), patience.toMillis(), TimeUnit.MILLISECONDS);
        return;
      }
    }
    host.close();
  }

  private void letGo(JvmHost host) {
    boolean waited;
    synchronized (this) {
      waited = idle.remove(host);
    }
    if (waited) {
      LOG.debug("No job needs the JVM task host any more");
      host.close();
    }
  }

  @Override
  public void close() {
    Deque<JvmHost> rest;
    synchronized (this) {
      later.shutdownNow();
      rest = new ArrayDeque<>(idle);
      idle.clear();
    }
    rest.forEach(JvmHost::close);
  }
}
