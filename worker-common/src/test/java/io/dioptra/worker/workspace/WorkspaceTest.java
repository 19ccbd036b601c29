package io.dioptra.worker.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkspaceTest {
  @TempDir private Path root;

  @Test
  void itIsLaidOutAsDioptrasOwnWorkerDoesIt() throws IOException {
    try (Workspace workspace = Workspace.open(root, "job-7")) {
      Path folder = workspace.folder();
      assertThat(folder.getFileName().toString()).startsWith("job-7-");
      assertThat(workspace.plugins()).isEqualTo(folder.resolve(".dioptra/plugins")).isDirectory();
      assertThat(workspace.serialize()).isEqualTo(folder.resolve(".dioptra/serialize"));
      assertThat(workspace.deserialize()).isEqualTo(folder.resolve(".dioptra/deserialize"));
      assertThat(workspace.artifact(3, 4))
          .isEqualTo(folder.resolve(".dioptra/artifacts/3_4"))
          .isDirectory();
    }
  }

  @Test
  void onlyThisUserMayLookIntoIt() throws IOException {
    try (Workspace workspace = Workspace.open(root, "job")) {
      Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(workspace.folder());
      assertThat(permissions)
          .containsOnly(
              PosixFilePermission.OWNER_READ,
              PosixFilePermission.OWNER_WRITE,
              PosixFilePermission.OWNER_EXECUTE);
    }
  }

  @Test
  void twoOfOneJobDoNotMeet() throws IOException {
    try (Workspace one = Workspace.open(root, "job-7");
        Workspace other = Workspace.open(root, "job-7")) {
      assertThat(one.folder()).isNotEqualTo(other.folder());
    }
  }

  @Test
  void theRootIsMadeWhereItIsMissing() throws IOException {
    try (Workspace workspace = Workspace.open(root.resolve("a/b"), "job")) {
      assertThat(workspace.folder()).isDirectory();
    }
  }

  @Test
  void aFileIsWrittenIntoTheFolder() throws IOException {
    try (Workspace workspace = Workspace.open(root, "job")) {
      assertThat(workspace.write("a/b.json", "{}")).hasContent("{}");
    }
  }

  @Test
  void aFileNameThatLeadsOutIsRefused() throws IOException {
    try (Workspace workspace = Workspace.open(root, "job")) {
      assertThatThrownBy(() -> workspace.write("../escaped", "x"))
          .hasMessageContaining("leads out of the job's folder");
      assertThatThrownBy(() -> workspace.write("/escaped", "x"))
          .hasMessageContaining("leads out of the job's folder");
      assertThatThrownBy(() -> workspace.write(".", "x"))
          .hasMessageContaining("leads out of the job's folder");
    }
    assertThat(root.resolve("escaped")).doesNotExist();
  }

  @Test
  void aWordIsFoundInTheCodeOfAnyPlugin() throws IOException {
    try (Workspace workspace = Workspace.open(root, "job")) {
      Path plugin = Files.createDirectories(workspace.serialize().resolve("p"));
      Files.writeString(plugin.resolve("notes.txt"), "mlflow");
      assertThat(workspace.codeMentions("mlflow")).isFalse();
      Files.write(plugin.resolve("tasks.py"), new byte[] {(byte) 0xff, '\n', 'm', 'l'});
      Files.writeString(plugin.resolve("more.py"), "import mlflow");
      assertThat(workspace.codeMentions("mlflow")).isTrue();
    }
  }

  @Test
  void aModuleIsNamedByItsPackageAsAWordOfItsOwn() throws IOException {
    try (Workspace workspace = Workspace.open(root, "job")) {
      Path plugin = Files.createDirectories(workspace.plugins().resolve("p"));
      Path tasks = plugin.resolve("tasks.py");
      Files.writeString(tasks, "def start_artifact(): return self.art, artful, 'a_art'\n");
      assertThat(workspace.codeNames(List.of("art.attacks.evasion", "numpy"))).isFalse();
      for (String code :
          List.of(
              "import art", "from art.estimators import X", "import_module('art')", "x=[art]")) {
        Files.writeString(tasks, code);
        assertThat(workspace.codeNames(List.of("numpy", "art.attacks.evasion"))).as(code).isTrue();
        assertThat(workspace.codeNames(List.of("numpy"))).as(code).isFalse();
        assertThat(workspace.codeNames(List.of())).as(code).isFalse();
      }
    }
  }

  @Test
  void allOfItIsDeletedAndNothingThatALinkLeadsTo() throws IOException {
    Path precious = Files.writeString(root.resolve("precious"), "kept");
    Workspace workspace = Workspace.open(root.resolve("work"), "job");
    workspace.write("a/b/c.txt", "x");
    Files.createSymbolicLink(workspace.folder().resolve("link"), root);
    workspace.close();
    assertThat(workspace.folder()).doesNotExist();
    assertThat(precious).hasContent("kept");
  }

  @Test
  void aFolderThatATaskLockedIsDeletedToo() throws IOException {
    Workspace workspace = Workspace.open(root, "job");
    Path locked = workspace.write("locked/file", "x").getParent();
    Files.setPosixFilePermissions(locked, Set.of());
    workspace.close();
    assertThat(workspace.folder()).doesNotExist();
  }
}
