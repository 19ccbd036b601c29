package io.dioptra.worker.telemetry;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/** How long each phase of one attempt took, one after the other. Used by one thread. */
public final class PhaseTimes {
  private final LongSupplier nanos;
  private final long begin;
  private final List<Phase> phases = new ArrayList<>();
  private long last;

  private record Phase(String name, long nanos) {}

  /** Starts the first phase. {@code nanos} is a monotonic clock, {@link System#nanoTime}. */
  public PhaseTimes(LongSupplier nanos) {
    this.nanos = nanos;
    this.begin = nanos.getAsLong();
    this.last = begin;
  }

  /** Ends the present phase under this name; the next one begins. */
  public void end(String phase) {
    long now = nanos.getAsLong();
    phases.add(new Phase(phase, now - last));
    last = now;
  }

  public Duration total() {
    return Duration.ofNanos(last - begin);
  }

  /** The phases in order, in milliseconds: {@code fetch=42 run=7}. */
  @Override
  public String toString() {
    return phases.stream()
        .map(phase -> phase.name() + "=" + TimeUnit.NANOSECONDS.toMillis(phase.nanos()))
        .collect(Collectors.joining(" "));
  }
}
