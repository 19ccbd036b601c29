package io.dioptra.worker.run;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** The threads of one attempt: one for each errand that is run beside the others. */
final class Crew implements AutoCloseable {
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
  }

  /** Gives up what is still being done, and waits for its threads. */
  @Override
  public void close() {
    threads.shutdownNow();
    threads.close();
  }
}
