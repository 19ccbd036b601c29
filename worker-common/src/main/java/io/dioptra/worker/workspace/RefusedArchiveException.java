package io.dioptra.worker.workspace;

import java.io.IOException;
import java.nio.file.Path;

/** An archive holds what must not be unpacked. */
public final class RefusedArchiveException extends IOException {
  private static final long serialVersionUID = 1L;

  RefusedArchiveException(Path archive, String why) {
    super("the archive " + archive.getFileName() + " is refused: " + why);
  }
}
