package io.dioptra.worker.gpu;

/** The GPUs of this machine cannot be told. The message says what was asked and what came. */
public final class GpuException extends Exception {
  private static final long serialVersionUID = 1L;

  GpuException(String message) {
    super(message);
  }
}
