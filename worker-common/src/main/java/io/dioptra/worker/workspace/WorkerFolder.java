package io.dioptra.worker.workspace;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder of one worker, in which its jobs' folders lie. It is locked while the worker lives:
 * who finds one that is not deletes what a worker left that was killed. Deleted when closed.
 */
public final class WorkerFolder implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(WorkerFolder.class);
  private static final String PREFIX = "dioptra-worker-";
  private static final String LOCK = ".lock";

  private final Path folder;
  private final FileChannel lock;

  private WorkerFolder(Path folder, FileChannel lock) {
    this.folder = folder;
    this.lock = lock;
  }

  /**
   * Makes one below {@code root}, and deletes those of workers that are gone.
   *
   * @throws IOException if nothing can be written there
   */
  public static WorkerFolder open(Path root) throws IOException {
    Files.createDirectories(root);
    sweep(root);
    Path folder = Files.createTempDirectory(root, PREFIX);
    // Jobs may run as another user, and have to pass.
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
    FileChannel channel =
        FileChannel.open(
            folder.resolve(LOCK), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    var _ = channel.lock();
    return new WorkerFolder(folder, channel);
  }

  public Path path() {
    return folder;
  }

  private static void sweep(Path root) throws IOException {
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(root, PREFIX + "*")) {
      for (Path each : folders) {
        sweepIfLeft(each);
      }
    }
  }

  private static void sweepIfLeft(Path folder) {
    // One that has no lock yet is being made.
    try (FileChannel channel = FileChannel.open(folder.resolve(LOCK), StandardOpenOption.WRITE);
        @Nullable FileLock lock = channel.tryLock()) {
      if (lock != null) {
        Deletion.of(folder);
        LOG.info("{} was left by a worker that disappeared, and is deleted", folder);
      }
    } catch (IOException | OverlappingFileLockException e) {
      LOG.debug("{} is left alone", folder, e);
    }
  }

  @Override
  public void close() throws IOException {
    // Before the lock, so that nobody else finds it open meanwhile.
    Deletion.of(folder);
    lock.close();
  }
}
