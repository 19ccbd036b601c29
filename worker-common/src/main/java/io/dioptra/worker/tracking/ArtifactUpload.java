package io.dioptra.worker.tracking;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The storing of a file or a folder under one name. */
final class ArtifactUpload {
  private final ArtifactStore store;

  ArtifactUpload(ArtifactStore store) {
    this.store = store;
  }

  /** Returns the address of the file or folder. */
  String upload(Path source, String under) throws TrackingException, InterruptedException {
    ArtifactPath target;
    try {
      target = ArtifactPath.of(under).child(source.getFileName().toString());
    } catch (IllegalArgumentException e) {
      throw new TrackingException.NotStored(String.valueOf(e.getMessage()), e);
    }
    if (!Files.isDirectory(source)) {
      return put(target, source);
    }
    for (Path file : files(source)) {
      ArtifactPath path = target;
      for (Path name : source.relativize(file)) {
        path = path.child(name.toString());
      }
      put(path, file);
    }
    return store.address(target);
  }

  private String put(ArtifactPath path, Path file) throws TrackingException, InterruptedException {
    return store.put(path, new Upload.Stored(file, ContentTypes.guess(path.toString())));
  }

  /** In a stable order. Links to files count as files, links to folders are not followed. */
  private static List<Path> files(Path folder) throws TrackingException {
    try (Stream<Path> paths = Files.walk(folder.toRealPath())) {
      Path real = folder.toRealPath();
      return paths
          .filter(Files::isRegularFile)
          .sorted()
          .map(path -> folder.resolve(real.relativize(path)))
          .toList();
    } catch (IOException e) {
      throw new TrackingException.NotStored("The folder " + folder + " cannot be read: " + e, e);
    }
  }
}
