package io.dioptra.worker.host;

import java.util.Locale;

/** What a template does to one of its hosts on behalf of the worker, from gentle to final. */
enum Push {
  /** The host writes the Python stack of every thread to its stderr, and goes on. */
  STACKS,
  /** SIGTERM for the host and its process group. */
  ASK,
  /** SIGKILL for the host, its process group and whatever else it leaves behind. */
  END;

  /** As the protocol names it. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
