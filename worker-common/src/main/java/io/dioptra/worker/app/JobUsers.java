package io.dioptra.worker.app;

import io.dioptra.worker.config.JobUser;
import io.dioptra.worker.config.UserChoice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides as whom job code runs: where the worker is root, as somebody who can change nothing of
 * it.
 */
final class JobUsers {
  private static final Logger LOG = LoggerFactory.getLogger(JobUsers.class);

  private static final String CAPABILITIES = "CapEff:";

  /** CHOWN, DAC_OVERRIDE, KILL, SETGID and SETUID, by their numbers in capabilities(7). */
  private static final long NEEDED = 1L | 1L << 1 | 1L << 5 | 1L << 6 | 1L << 7;

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
      case UserChoice.Auto _ -> canChange() ? unlessUnreachable() : Optional.empty();
      case UserChoice.Other(JobUser user) -> Optional.of(checked(user));
    };
  }

  private static JobUser checked(JobUser user) throws StartException {
    if (!canChange()) {
      throw new StartException(
          "Cannot start: only root, with its capabilities, can run jobs as another user"
              + " (--job-user). The operator should leave that option out, or start the container"
              + " as user 0 and not without CHOWN, KILL, SETGID, SETUID and DAC_OVERRIDE.");
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

  /** Whether this process has all that it takes to start, serve and end another user's. */
  private static boolean canChange() {
    try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
      return lines
          .filter(line -> line.startsWith(CAPABILITIES))
          .map(line -> Long.parseUnsignedLong(line.substring(CAPABILITIES.length()).strip(), 16))
          .anyMatch(has -> (has & NEEDED) == NEEDED);
    } catch (IOException _) {
      // Not Linux: there is no other user for jobs then.
      return false;
    }
  }
}
