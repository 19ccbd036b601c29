package io.dioptra.worker.frame;

import java.io.IOException;

/** The other side did not keep to the host protocol. */
public final class ProtocolException extends IOException {
  private static final long serialVersionUID = 1L;

  public ProtocolException(String what) {
    super("host protocol: " + what);
  }
}
