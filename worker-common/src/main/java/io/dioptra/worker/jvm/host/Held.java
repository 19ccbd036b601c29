package io.dioptra.worker.jvm.host;

import io.dioptra.worker.jvm.Tensor;
import java.io.Closeable;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** The objects of a job that a caller knows by a number. Any thread may use it. */
final class Held implements Closeable {
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

  /** Forgets an object; an array is freed. */
  void release(long handle) {
    if (objects.remove(handle) instanceof Tensor tensor) {
      tensor.close();
    }
  }

  /** Frees all. What a task left unreachable goes with it. */
  @Override
  public void close() {
    objects.keySet().forEach(this::release);
    System.gc();
  }
}
