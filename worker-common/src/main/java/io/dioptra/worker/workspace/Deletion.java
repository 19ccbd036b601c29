package io.dioptra.worker.workspace;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Deletes a folder with all in it: a link itself and not what it leads to, a folder that was locked
 * after opening it. What cannot be deleted does not keep the rest.
 */
final class Deletion {
  private static final Set<PosixFilePermission> OPEN =
      Set.of(
          PosixFilePermission.OWNER_READ,
          PosixFilePermission.OWNER_WRITE,
          PosixFilePermission.OWNER_EXECUTE);

  private final List<IOException> problems = new ArrayList<>();

  private Deletion() {}

  /** Throws the first problem, after everything was tried. */
  static void of(Path folder) throws IOException {
    Deletion deletion = new Deletion();
    deletion.delete(folder);
    if (!deletion.problems.isEmpty()) {
      throw deletion.problems.getFirst();
    }
  }

  private void delete(Path path) {
    try {
      if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
        Files.setPosixFilePermissions(path, OPEN);
        empty(path);
      }
      Files.deleteIfExists(path);
    } catch (NoSuchFileException _) {
      // A process that a task left behind deletes, too.
    } catch (IOException e) {
      problems.add(e);
    }
  }

  private void empty(Path folder) throws IOException {
    try (DirectoryStream<Path> children = Files.newDirectoryStream(folder)) {
      children.forEach(this::delete);
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
  }
}
