package io.dioptra.worker.workspace;

import io.dioptra.worker.config.JobUser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What the worker may read because job code named it. The worker can read more than the job:
 * through a link, its own environment in {@code /proc}, and as root everything.
 */
public final class JobReach {
  private static final List<Path> KERNEL = List.of(Path.of("/proc"), Path.of("/sys"));

  private final Optional<JobUser> user;

  /**
   * @param user as whom job code runs, where that is not the worker
   */
  public JobReach(Optional<JobUser> user) {
    this.user = user;
  }

  /**
   * Checks a file, or a folder with all its files. Nobody may change them meanwhile.
   *
   * @throws RefusedFileException if the job could not read it
   */
  public void check(Path named) throws IOException {
    if (!Files.isDirectory(named)) {
      checkFile(named);
      return;
    }
    try (Stream<Path> all = Files.walk(named.toRealPath())) {
      for (Path each : (Iterable<Path>) all.filter(Files::isRegularFile)::iterator) {
        checkFile(each);
      }
    }
  }

  private void checkFile(Path named) throws IOException {
    Path real = named.toRealPath();
    boolean isKernels = KERNEL.stream().anyMatch(real::startsWith);
    if (isKernels || (user.isPresent() && !isReadable(real, user.get()))) {
      throw new RefusedFileException(
          named
              + (named.equals(real) ? "" : ", a link to " + real + ",")
              + " is no file that the job may read. An artifact task has to return a file or folder"
              + " that it wrote itself.");
    }
  }

  private static boolean isReadable(Path file, JobUser user) throws IOException {
    for (Path folder = file.getParent(); folder != null; folder = folder.getParent()) {
      if (!allows(
          folder,
          user,
          PosixFilePermission.OWNER_EXECUTE,
          PosixFilePermission.GROUP_EXECUTE,
          PosixFilePermission.OTHERS_EXECUTE)) {
        return false;
      }
    }
    return allows(
        file,
        user,
        PosixFilePermission.OWNER_READ,
        PosixFilePermission.GROUP_READ,
        PosixFilePermission.OTHERS_READ);
  }

  /** As the kernel decides: the first of owner, group and others that applies. */
  private static boolean allows(
      Path path,
      JobUser user,
      PosixFilePermission asOwner,
      PosixFilePermission asGroup,
      PosixFilePermission asOther)
      throws IOException {
    Map<String, Object> owner = Files.readAttributes(path, "unix:uid,gid");
    Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(path);
    if (Integer.valueOf(user.user()).equals(owner.get("uid"))) {
      return permissions.contains(asOwner);
    }
    boolean isOfGroup = Integer.valueOf(user.group()).equals(owner.get("gid"));
    return permissions.contains(isOfGroup ? asGroup : asOther);
  }
}
