package io.dioptra.worker.workspace;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dioptra.worker.config.JobUser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobReachTest {
  private static final Path ENVIRONMENT = Path.of("/proc/self/environ");
  private final JobReach same = new JobReach(Optional.empty());
  private final JobReach other = new JobReach(Optional.of(new JobUser(54321, 54321)));

  @TempDir private Path folder;

  @BeforeEach
  void open() throws Exception {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  @Test
  void aLinkToWhatTheKernelShowsOfTheWorkerIsRefused() throws Exception {
    Path link = Files.createSymbolicLink(folder.resolve("model"), ENVIRONMENT);
    assertThatThrownBy(() -> same.check(link))
        .isInstanceOf(RefusedFileException.class)
        .hasMessageContaining("a link to /proc/");
    assertThatThrownBy(() -> same.check(ENVIRONMENT)).isInstanceOf(RefusedFileException.class);
  }

  @Test
  void aLinkWithinAFolderIsRefusedToo() throws Exception {
    Path deep = Files.createDirectories(folder.resolve("a/b"));
    Files.createFile(deep.resolve("good"));
    assertThatCode(() -> same.check(folder)).doesNotThrowAnyException();
    Files.createSymbolicLink(deep.resolve("bad"), ENVIRONMENT);
    assertThatThrownBy(() -> same.check(folder)).isInstanceOf(RefusedFileException.class);
  }

  @Test
  void anotherUserReachesWhatIsOpenToIt() throws Exception {
    Path file = Files.createFile(folder.resolve("open"));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw----r--"));
    assertThatCode(() -> other.check(file)).doesNotThrowAnyException();
  }

  @Test
  void anotherUserDoesNotReachWhatIsClosedToIt() throws Exception {
    Path file = Files.createFile(folder.resolve("closed"));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw----"));
    assertThatThrownBy(() -> other.check(file)).isInstanceOf(RefusedFileException.class);
    assertThatCode(() -> same.check(file)).doesNotThrowAnyException();
  }

  @Test
  void anotherUserDoesNotReachWhatLiesInAClosedFolder() throws Exception {
    Path file = Files.createFile(Files.createDirectory(folder.resolve("closed")).resolve("open"));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    Files.setPosixFilePermissions(
        folder.resolve("closed"), PosixFilePermissions.fromString("rwxr-----"));
    assertThatThrownBy(() -> other.check(file)).isInstanceOf(RefusedFileException.class);
  }
}
