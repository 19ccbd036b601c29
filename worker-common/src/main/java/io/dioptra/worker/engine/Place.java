package io.dioptra.worker.engine;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Where something stands in a configuration. Each place knows only its last part and the place
 * around it: thousands of places in a deep document share what they have in common.
 */
public final class Place {
  /** The whole document. */
  public static final Place ROOT = new Place(Optional.empty(), "");

  private final Optional<Place> around;
  private final Object part;

  private Place(Optional<Place> around, Object part) {
    this.around = around;
    this.part = part;
  }

  /** Takes the names and indexes that lead from the root to the place. */
  public static Place of(Object... path) {
    return ROOT.then(List.of(path));
  }

  /** The member of this name of the object here. */
  public Place member(String name) {
    return new Place(Optional.of(this), name);
  }

  /** The item of the list here; the first one is 0. */
  public Place item(int index) {
    return new Place(Optional.of(this), index);
  }

  /** What these names and indexes lead to from here. */
  Place then(List<?> path) {
    Place place = this;
    for (Object next : path) {
      place =
          switch (next) {
            case String name -> place.member(name);
            case Integer index -> place.item(index);
            default -> throw new IllegalArgumentException("neither name nor index: " + next);
          };
    }
    return place;
  }

  /** From the root to here: a {@link String} for a member, an {@link Integer} for an item. */
  public List<Object> path() {
    Deque<Object> path = new ArrayDeque<>();
    Place place = this;
    while (place.around.isPresent()) {
      path.addFirst(place.part);
      place = place.around.get();
    }
    return List.copyOf(path);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Place place && path().equals(place.path());
  }

  @Override
  public int hashCode() {
    return path().hashCode();
  }

  /** For example {@code /graph/train/model}; empty for the root. */
  @Override
  public String toString() {
    return path().stream().map(step -> "/" + step).collect(Collectors.joining());
  }
}
