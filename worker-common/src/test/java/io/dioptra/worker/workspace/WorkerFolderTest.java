package io.dioptra.worker.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkerFolderTest {
  @TempDir private Path root;

  @Test
  void whatAWorkerLeftThatDisappearedIsDeletedByTheNext() throws Exception {
    Path left = root.resolve("dioptra-worker-1");
    Files.writeString(Files.createDirectories(left.resolve("job-7")).resolve("data"), "large");
    Files.writeString(left.resolve(".lock"), "");
    try (WorkerFolder fresh = WorkerFolder.open(root)) {
      assertThat(left).doesNotExist();
      assertThat(fresh.path()).isDirectory();
    }
    assertThat(root).isEmptyDirectory();
  }

  @Test
  void theFolderOfAWorkerThatLivesIsLeftAlone() throws Exception {
    try (WorkerFolder one = WorkerFolder.open(root);
        WorkerFolder other = WorkerFolder.open(root)) {
      assertThat(one.path()).isDirectory();
      assertThat(other.path()).isDirectory().isNotEqualTo(one.path());
    }
  }

  @Test
  void whatIsNoFolderOfAWorkerIsLeftAlone() throws Exception {
    Path data = Files.createDirectories(root.resolve("data"));
    Path fresh = Files.createDirectories(root.resolve("dioptra-worker-being-made"));
    try (WorkerFolder own = WorkerFolder.open(root)) {
      assertThat(own.path()).isDirectory();
    }
    assertThat(data).isDirectory();
    assertThat(fresh).isDirectory();
  }
}
