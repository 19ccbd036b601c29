package io.dioptra.worker.jvm.host;

import java.io.Closeable;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The objects of a job that a caller knows by a number. Any thread may use it. */
final class Held implements Closeable {
  private static final Logger LOG = LoggerFactory.getLogger(Held.class);

  private final Map<Long, Object> objects = new ConcurrentHashMap<>();
  private final AtomicLong last = new AtomicLong();

  long keep(Object object) {
    long handle = last.incrementAndGet();
    objects.put(handle, object);
    return handle;
  }

  Optional<Object> get(long handle) {
    return Optional.ofNullable(objects.get(handle));
  }

  /** Forgets an object; one that can be closed is, with its last number. */
  @SuppressWarnings("ReferenceEquality") // the same object, not an equal one
  void release(long handle) {
    Object object = objects.remove(handle);
    if (object instanceof AutoCloseable closeable
        && objects.values().stream().noneMatch(it -> it == object)) {
      try {
        closeable.close();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } catch (Exception e) {
        LOG.warn("{} was not closed", object, e);
      }
    }
  }

  /** Frees all. What a task left unreachable goes with it. */
  @Override
  public void close() {
    objects.keySet().forEach(this::release);
    System.gc();
  }
}
