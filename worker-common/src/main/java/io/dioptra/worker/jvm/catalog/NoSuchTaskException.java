package io.dioptra.worker.jvm.catalog;

import java.util.Collection;

/** No library on the class path has the task. */
public final class NoSuchTaskException extends Exception {
  private static final long serialVersionUID = 1L;

  NoSuchTaskException(String name, Collection<String> known) {
    super(
        "no JVM task \"%s\" is installed on this worker; there %s. The operator can add its jar, see docs/jvm-tasks.md."
            .formatted(name, known.isEmpty() ? "is none" : "are " + String.join(", ", known)));
  }
}
