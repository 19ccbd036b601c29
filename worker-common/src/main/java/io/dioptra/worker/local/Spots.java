package io.dioptra.worker.local;

import io.dioptra.worker.source.Position;
import io.dioptra.worker.source.Spot;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where the parts of a configuration were written: its sections, or their members, each in a file.
 */
final class Spots {
  /** A file, and the position in it where it is known. */
  record Place(Path file, Optional<Position> at) {}

  private record Written(Path file, Spot spot) {}

  private final Path main;
  private final Map<List<String>, Written> written = new HashMap<>();

  /**
   * @param main the file that is named where no other is known
   */
  Spots(Path main) {
    this.main = main;
  }

  Path main() {
    return main;
  }

  /** What the path leads to in the configuration stands there. */
  void put(List<String> path, Path file, Spot spot) {
    written.put(path, new Written(file, spot));
  }

  /** The nearest known place around the one that the path leads to. */
  Place find(List<?> path) {
    List<String> names = new ArrayList<>();
    path.forEach(part -> names.add(String.valueOf(part)));
    for (int length = Math.min(2, names.size()); length >= 0; length--) {
      Written found = written.get(names.subList(0, length));
      if (found != null) {
        List<?> rest = path.subList(length, path.size());
        Position at = found.spot().find(rest).orElse(found.spot()).at();
        return new Place(found.file(), Optional.of(at));
      }
    }
    return new Place(main, Optional.empty());
  }
}
