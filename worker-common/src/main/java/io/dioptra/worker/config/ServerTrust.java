package io.dioptra.worker.config;

import java.nio.file.Path;

/** Whose certificates a client takes for a server's. */
public sealed interface ServerTrust {
  /**
   * Those that an authority of this file has signed, and no others.
   *
   * @param source what names the file, for messages
   */
  record Bundle(Path file, String source) implements ServerTrust {}

  /** Those that Java itself trusts. */
  record JavasOwn() implements ServerTrust {}

  /** All, unchecked, because the operator said so. */
  record Anybody() implements ServerTrust {}
}
