package io.dioptra.worker.local;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;

/** Where a user wants output artifacts: each in a folder of its name, as in an MLflow run. */
record ArtifactFolder(Path folder) {
  /** Copies a file or a folder; what is there already under this name is replaced. */
  Path keep(String artifact, Path written) throws IOException {
    Path own = folder.resolve(artifact).normalize();
    if (!own.startsWith(folder.normalize()) || own.equals(folder.normalize())) {
      throw new IOException("the artifact's name \"" + artifact + "\" leads out of " + folder);
    }
    Path target = own.resolve(String.valueOf(written.getFileName()));
    Files.createDirectories(own);
    if (Files.isDirectory(written)) {
      Files.walkFileTree(written, new Copy(written, target));
    } else {
      Files.copy(written, target, StandardCopyOption.REPLACE_EXISTING);
    }
    return target;
  }

  private static final class Copy extends SimpleFileVisitor<Path> {
    private final Path from;
    private final Path to;

    Copy(Path from, Path to) {
      this.from = from;
      this.to = to;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path each, BasicFileAttributes attributes)
        throws IOException {
      Files.createDirectories(target(each));
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path each, BasicFileAttributes attributes) throws IOException {
      Files.copy(each, target(each), StandardCopyOption.REPLACE_EXISTING);
      return FileVisitResult.CONTINUE;
    }

    private Path target(Path each) {
      return to.resolve(from.relativize(each).toString());
    }
  }
}
