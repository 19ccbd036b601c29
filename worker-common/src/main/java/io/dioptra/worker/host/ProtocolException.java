package io.dioptra.worker.host;

import java.io.IOException;

/** The other side did not keep to the host protocol. */
final class ProtocolException extends IOException {
  private static final long serialVersionUID = 1L;

  ProtocolException(String what) {
    super("host protocol: " + what);
  }
}
