package io.dioptra.worker.app;

import io.dioptra.worker.config.JobUser;
import io.dioptra.worker.config.UserChoice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides as whom job code runs: where the worker is root, as somebody who can change nothing of
 * it.
 */
final class JobUsers {
  private static final Logger LOG = LoggerFactory.getLogger(JobUsers.class);

  /** The account that the images run as; a number needs no entry in a file of users. */
  private static final JobUser DEFAULT = new JobUser(39000, 100);

  private final List<Path> needed;

  /**
   * @param needed what job code has to reach: its interpreter, the task host, the work folder
   */
  JobUsers(List<Path> needed) {
    this.needed = List.copyOf(needed);
  }

  /** Empty for the worker's own user. */
  Optional<JobUser> of(UserChoice choice) throws StartException {
    return switch (choice) {
      case UserChoice.Same _ -> Optional.empty();
      case UserChoice.Auto _ -> isRoot() ? unlessUnreachable() : Optional.empty();
      case UserChoice.Other(JobUser user) -> Optional.of(checked(user));
    };
  }

  private static JobUser checked(JobUser user) throws StartException {
    if (!isRoot()) {
      throw new StartException(
          "Cannot start: only root can run jobs as another user (--job-user). The operator should"
              + " leave that option out, or start the container as user 0.");
    }
    return user;
  }

  private Optional<JobUser> unlessUnreachable() {
    for (Path each : needed) {
      Optional<Path> closed = closedFolder(each);
      if (closed.isPresent()) {
        LOG.warn(
            "Job code runs as root, like the worker: user {}, as which it should run, cannot reach"
                + " {}. The operator should open that folder to others (chmod o+rx), or name a user"
                + " who can (--job-user).",
            DEFAULT.user(),
            closed.get());
        return Optional.empty();
      }
    }
    return Optional.of(DEFAULT);
  }

  /** The first folder on the way that others may not pass. */
  private static Optional<Path> closedFolder(Path target) {
    try {
      for (Path way : List.of(target.toAbsolutePath(), target.toRealPath())) {
        for (Path folder = way; folder != null; folder = folder.getParent()) {
          Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(folder);
          if (!permissions.contains(PosixFilePermission.OTHERS_EXECUTE)) {
            return Optional.of(folder);
          }
        }
      }
      return Optional.empty();
    } catch (IOException | UnsupportedOperationException _) {
      return Optional.of(target);
    }
  }

  private static boolean isRoot() {
    try {
      Map<String, Object> owner = Files.readAttributes(Path.of("/proc/self"), "unix:uid");
      return Integer.valueOf(0).equals(owner.get("uid"));
    } catch (IOException | UnsupportedOperationException | IllegalArgumentException _) {
      // Not Linux: there is no other user for jobs then.
      return false;
    }
  }
}
