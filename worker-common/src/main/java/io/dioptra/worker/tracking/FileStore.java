package io.dioptra.worker.tracking;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A folder that the worker and the tracking server both see. */
final class FileStore implements ArtifactStore {
  private final Path root;
  private final String address;

  FileStore(Path root, String address) {
    this.root = root;
    this.address = address;
  }

  @Override
  public String put(ArtifactPath path, Upload upload) throws TrackingException {
    Path target = root;
    for (String name : path.names()) {
      target = target.resolve(name);
    }
    try (InputStream bytes = upload.open()) {
      Files.createDirectories(target.getParent());
      var _ = Files.copy(bytes, target, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new TrackingException.NotStored(
          ("The artifact %s cannot be stored in %s: %s. The tracking server keeps artifacts in"
                  + " a folder; the operator has to mount it where the worker runs, or let the"
                  + " server proxy artifacts.")
              .formatted(path, root, e),
          e);
    }
    return address(path);
  }

  @Override
  public String address(ArtifactPath path) {
    return address + "/" + path;
  }
}
