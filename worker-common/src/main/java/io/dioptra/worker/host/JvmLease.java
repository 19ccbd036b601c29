package io.dioptra.worker.host;

import io.dioptra.worker.task.TaskEvents;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The JVM task host of one job, if its tasks ask for one. Closing gives it back. Any thread may
 * call it.
 */
final class JvmLease implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(JvmLease.class);

  private final JvmHosts hosts;
  private final TaskEvents events;
  private Optional<JobSetting> job = Optional.empty();
  private volatile JvmHosts.@Nullable Opened held;

  JvmLease(JvmHosts hosts, TaskEvents events) {
    this.hosts = hosts;
    this.events = events;
  }

  /** From here on the job may ask. */
  synchronized void begin(JobSetting setting) {
    job = Optional.of(setting);
  }

  /** Answers, on a thread of its own: the start of a JVM takes a moment. */
  void answer(HostMessage.Want want, Conversation asking) {
    Thread.ofVirtual()
        .name("jvm-want")
        .start(
            () -> {
              try {
                asking.tell(reply(want));
              } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
              } catch (IOException e) {
                LOG.debug("The host that asked for a JVM has ended", e);
              }
            });
  }

  private synchronized HostReply reply(HostMessage.Want want) throws InterruptedException {
    try {
      if (want.lost()) {
        return ending(want.id());
      }
      if (job.isEmpty()) {
        return new HostReply.Refused(want.id(), "the job is not prepared, or at its end", false);
      }
      if (held == null) {
        held = hosts.open(job.get(), events);
      }
      JvmAddress address = held.address();
      return new HostReply.Granted(want.id(), address.socket(), address.token());
    } catch (HostStartException e) {
      return new HostReply.Refused(want.id(), String.valueOf(e.getMessage()), false);
    }
  }

  private HostReply.Refused ending(long id) throws InterruptedException {
    JvmHosts.Opened lost = held;
    if (lost == null) {
      return new HostReply.Refused(id, "the JVM task host has ended before", false);
    }
    held = null;
    TaskHost.Ending ending = lost.host().ending();
    lost.host().close();
    return new HostReply.Refused(id, "the JVM task host " + ending.words(), ending.memory());
  }

  /**
   * Lets the JVM, if there is one, write to the job's log where its tasks are. Waits for nobody who
   * starts or ends one.
   */
  CompletableFuture<?> dumpStacks() {
    JvmHosts.Opened present = held;
    return present == null ? CompletableFuture.completedFuture(null) : present.host().dumpStacks();
  }

  /** Its process, while the job has one. */
  synchronized Optional<Long> pid() {
    return Optional.ofNullable(held).map(it -> it.host().pid());
  }

  @Override
  public synchronized void close() {
    job = Optional.empty();
    if (held == null) {
      return;
    }
    JvmHost host = held.host();
    held = null;
    try {
      hosts.giveBack(host);
    } catch (InterruptedException _) {
      host.close();
      Thread.currentThread().interrupt();
    }
  }
}
