package io.dioptra.worker.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;

/** A file in the memory of a process, for example a native library of the JVM task host. */
public record MappedFile(String program, Path path) {
  private static final Path PROCESSES = Path.of("/proc");

  /**
   * The files of a name that a process and all below it have mapped. A process that ends meanwhile
   * has none.
   *
   * @param fileName as the kernel has it, so not that of a link to the file
   */
  public static Set<MappedFile> below(long pid, String fileName) {
    Set<MappedFile> found = new HashSet<>();
    ProcessHandle root = ProcessHandle.of(pid).orElseThrow();
    for (ProcessHandle process : Stream.concat(Stream.of(root), root.descendants()).toList()) {
      Path folder = PROCESSES.resolve(Long.toString(process.pid()));
      try (Stream<String> lines = Files.lines(folder.resolve("maps"))) {
        String program = String.valueOf(folder.resolve("exe").toRealPath().getFileName());
        lines
            .filter(it -> it.endsWith("/" + fileName))
            .map(it -> Path.of(it.substring(it.indexOf('/'))))
            .forEach(it -> found.add(new MappedFile(program, it)));
      } catch (IOException _) {
        // It has ended.
      }
    }
    return found;
  }
}
