package io.dioptra.worker.jvm.natives;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The packages of a Python environment.
 *
 * @param python its interpreter
 */
public record SitePackages(Path python) {
  private static final Logger LOG = LoggerFactory.getLogger(SitePackages.class);

  /** The interpreter that runs the other tasks; the worker sets it. */
  public static final String PYTHON = "dioptra.python";

  /** Those of the Python that runs the other tasks. */
  public static SitePackages ofTasks() {
    return new SitePackages(Path.of(System.getProperty(PYTHON, "")));
  }

  /** A folder of theirs that holds this library, for example {@code torch/lib}. */
  public Optional<Path> folder(String folder, String library) {
    return folders().stream()
        .map(it -> it.resolve(folder))
        .filter(it -> Files.exists(it.resolve(library)))
        .findFirst();
  }

  /**
   * The version of a package of theirs, for example {@code 2.7.1}, without the build it may name.
   *
   * @param names under which it may be installed, for example {@code tensorflow_cpu}
   */
  public Optional<String> version(String... names) {
    Pattern wheel =
        Pattern.compile("(?:%s)-([^-+]+).*\\.dist-info".formatted(String.join("|", names)));
    return folders().stream()
        .flatMap(it -> list(it).stream())
        .map(it -> wheel.matcher(it.getFileName().toString()))
        .filter(Matcher::matches)
        .map(it -> it.group(1))
        .findFirst();
  }

  private List<Path> folders() {
    Path environment = python.getParent() == null ? null : python.getParent().getParent();
    return environment == null || !Files.isDirectory(environment.resolve("lib"))
        ? List.of()
        : list(environment.resolve("lib")).stream()
            .map(it -> it.resolve("site-packages"))
            .filter(Files::isDirectory)
            .toList();
  }

  private List<Path> list(Path folder) {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.toList();
    } catch (IOException e) {
      LOG.warn("The packages of {} cannot be read: {}", python, e.toString());
      return List.of();
    }
  }
}
