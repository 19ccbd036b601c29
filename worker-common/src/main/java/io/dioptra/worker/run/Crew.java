package io.dioptra.worker.run;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The threads of one attempt: one for each errand that is run beside the others. */
final class Crew implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Crew.class);

  private final ExecutorService threads;

  Crew(String name) {
    threads = Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name(name + "-", 0).factory());
  }

  <T> Errand<T> send(Callable<T> work) {
    return new Errand<>(threads.submit(work));
  }

  /** Something that is being done. */
  record Errand<T>(Future<T> future) {
    /** Waits for the end, and throws what the errand threw. */
    T result() throws Exception {
      try {
        return future.get();
      } catch (ExecutionException e) {
        if (e.getCause() instanceof Exception cause) {
          throw cause;
        }
        throw e;
      }
    }

    /** Waits for the end, however it is, for as long as {@code limit}. */
    void awaitEnd(Duration limit) throws InterruptedException {
      try {
        var _ = future.get(limit.toMillis(), TimeUnit.MILLISECONDS);
      } catch (ExecutionException | TimeoutException e) {
        LOG.warn("Something about a job was not recorded: {}", e.toString());
      }
    }
  }

  /** Gives up what is still being done, and waits for its threads. */
  @Override
  public void close() {
    threads.shutdownNow();
    threads.close();
  }
}
