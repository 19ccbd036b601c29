package io.dioptra.worker.image;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.stream.Stream;

/** A folder that is made once, by one process at a time, and is there as a whole or not at all. */
record Cached(Path cache, String name) {
  interface Maker {
    void make(Path folder) throws IOException, BuildFailure;
  }

  Path make(Maker maker) throws IOException, BuildFailure {
    Path finished = cache.resolve(name);
    Files.createDirectories(cache);
    try (FileChannel channel =
            FileChannel.open(
                cache.resolve(name + ".lock"),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
        FileLock lock = channel.lock()) {
      if (lock.isValid() && !Files.isDirectory(finished)) {
        Path making = cache.resolve(name + ".making");
        delete(making);
        maker.make(Files.createDirectory(making));
        Files.move(making, finished);
      }
    }
    return finished;
  }

  static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> walk = Files.walk(folder)) {
      for (Path path : walk.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
