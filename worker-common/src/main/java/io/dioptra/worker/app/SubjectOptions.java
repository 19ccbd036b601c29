package io.dioptra.worker.app;

import io.dioptra.worker.local.Subject;
import io.dioptra.worker.local.SubjectReader;
import io.dioptra.worker.source.SourceException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The part of a command line that says which entrypoint or configuration is meant. */
final class SubjectOptions {
  private final Map<String, String> swaps = new LinkedHashMap<>();
  private Optional<Path> file = Optional.empty();
  private Optional<Path> toml = Optional.empty();
  private Optional<String> entrypoint = Optional.empty();
  private boolean several;

  List<Option> options() {
    return List.of(
        Option.value(
            "--entrypoint",
            "NAME",
            "Which entrypoint, where the dioptra.toml declares several of them.",
            it -> entrypoint = Optional.of(it)),
        Option.value(
            "--toml",
            "FILE",
            "The dioptra.toml that declares the entrypoint. Default: the nearest one beside FILE or"
                + " above it.",
            it -> toml = Optional.of(Path.of(it))));
  }

  Option swap() {
    return Option.value(
        "--swap",
        "NAME=ALIAS",
        "Which choice a swap takes. May be repeated.",
        it -> put(swaps, it));
  }

  /** Takes a word that is no option. */
  void word(String word) {
    several = file.isPresent();
    file = Optional.of(Path.of(word));
  }

  List<Subject> subjects(String command) throws SourceException, UsageException {
    if (file.isEmpty() || several) {
      throw new UsageException(
          "%s takes one file. See dioptra-worker-v1 %s --help".formatted(command, command));
    }
    return new SubjectReader(toml, entrypoint).read(file.get());
  }

  Subject subject(String command) throws SourceException, UsageException {
    List<Subject> subjects = subjects(command);
    if (subjects.size() > 1) {
      throw new SourceException(
          "%s: there are several entrypoints; --entrypoint chooses one".formatted(file.get()));
    }
    return subjects.getFirst();
  }

  Map<String, String> swaps() {
    return swaps;
  }

  /** Takes {@code name=value}. */
  static void put(Map<String, String> into, String pair) {
    int sign = pair.indexOf('=');
    if (sign < 1) {
      throw new IllegalArgumentException("\"" + pair + "\" has not the form NAME=VALUE");
    }
    into.put(pair.substring(0, sign), pair.substring(sign + 1));
  }
}
