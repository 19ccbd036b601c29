package io.dioptra.worker.workspace;

import java.io.IOException;

/** Job code named a file that the worker must not read for it. */
public final class RefusedFileException extends IOException {
  private static final long serialVersionUID = 1L;

  RefusedFileException(String message) {
    super(message);
  }
}
