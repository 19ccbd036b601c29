package io.dioptra.worker.workspace;

import io.dioptra.worker.config.JobUser;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

/** Makes files and folders another user's, while others may come and go. */
final class Gift extends SimpleFileVisitor<Path> {
  private final JobUser user;

  Gift(JobUser user) {
    this.user = user;
  }

  @Override
  public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
      throws IOException {
    return give(folder);
  }

  @Override
  public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
    return give(file);
  }

  @Override
  public FileVisitResult visitFileFailed(Path file, IOException gone) {
    return FileVisitResult.CONTINUE;
  }

  private FileVisitResult give(Path path) throws IOException {
    try {
      Files.setAttribute(path, "unix:gid", user.group(), LinkOption.NOFOLLOW_LINKS);
      Files.setAttribute(path, "unix:uid", user.user(), LinkOption.NOFOLLOW_LINKS);
    } catch (NoSuchFileException _) {
      // A download that was unpacked meanwhile.
    }
    return FileVisitResult.CONTINUE;
  }
}
