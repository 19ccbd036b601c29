package io.dioptra.worker.jvm.natives;

import java.util.List;
import java.util.Optional;

/**
 * A package of Python whose native libraries a library of tasks calls.
 *
 * @param title for messages, for example {@code PyTorch}
 * @param version for which the calls are made: 2.7.1, or 2.18 for all that begin so
 * @param names under which it may be installed
 */
public record NativePackage(String title, String version, List<String> names) {
  public NativePackage {
    names = List.copyOf(names);
  }

  /** What is wrong with the one that is installed, if it is another version. */
  public Optional<String> refusal(SitePackages packages) {
    return packages
        .version(names.toArray(String[]::new))
        .filter(it -> !it.equals(version) && !it.startsWith(version + "."))
        .map(
            it ->
                "the environment of %s has %s %s, but the JVM tasks of this worker need %s %s. Whoever makes the image or the environment can put that version there; Python tasks work with both."
                    .formatted(packages.python(), title, it, title, version));
  }
}
