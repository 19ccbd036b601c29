package io.dioptra.worker.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchiveTest {
  private static final Archive ARCHIVE = new Archive(1000, 10);

  @TempDir private Path folder;
  private Path target;

  @BeforeEach
  void makeTarget() throws IOException {
    target = Files.createDirectory(folder.resolve("target"));
  }

  @Test
  void filesAndFoldersAreUnpacked() throws IOException {
    unpack(new TarGz().folder("empty/").file("plugin/deep/tasks.py", "x = 1").file("m.json", "{}"));
    assertThat(target.resolve("empty")).isEmptyDirectory();
    assertThat(target.resolve("plugin/deep/tasks.py")).hasContent("x = 1");
    assertThat(target.resolve("m.json")).hasContent("{}");
  }

  @Test
  void aLongNameIsKept() throws IOException {
    String name = "a".repeat(120) + "/" + "b".repeat(120) + ".py";
    unpack(new TarGz().file(name, "long"));
    assertThat(target.resolve(name)).hasContent("long");
  }

  @Test
  void aNameThatClimbsOutIsRefused() throws IOException {
    assertRefused(new TarGz().file("plugin/../../escaped.py", "x"), "leads out of its folder");
    assertThat(folder.resolve("escaped.py")).doesNotExist();
  }

  @Test
  void aFolderThatClimbsOutIsRefused() throws IOException {
    assertRefused(new TarGz().folder("../escaped/"), "leads out of its folder");
    assertThat(folder.resolve("escaped")).doesNotExist();
  }

  @Test
  void anAbsoluteNameIsRefused() throws IOException {
    Path victim = folder.resolve("victim");
    assertRefused(new TarGz().file(victim.toString(), "x"), "leads out of its folder");
    assertThat(victim).doesNotExist();
  }

  @Test
  void aNameThatIsTheFolderItselfIsRefusedAsAFile() throws IOException {
    assertThatThrownBy(() -> unpack(new TarGz().file("plugin/..", "x")))
        .isInstanceOf(IOException.class);
    assertThat(target).isEmptyDirectory();
  }

  @Test
  void aSymbolicLinkIsRefused() throws IOException {
    assertRefused(new TarGz().symbolicLink("link", "/etc/passwd"), "is a link or a device");
    assertThat(target).isEmptyDirectory();
  }

  @Test
  void aHardLinkIsRefused() throws IOException {
    assertRefused(
        new TarGz().file("a", "x").hardLink("link", "../../secret"), "is a link or a device");
  }

  @Test
  void aDeviceAndAPipeAreRefused() throws IOException {
    assertRefused(new TarGz().device("null"), "is a link or a device");
    assertRefused(new TarGz().pipe("pipe"), "is a link or a device");
    assertThat(target).isEmptyDirectory();
  }

  @Test
  void aSmallArchiveThatUnpacksWithoutEndIsRefused() throws IOException {
    assertRefused(
        new TarGz().file("half", new byte[600]).file("bomb", new byte[10 << 20]),
        "larger than the limit");
    assertThat(target.resolve("bomb").toFile())
        .satisfiesAnyOf(
            file -> assertThat(file).doesNotExist(),
            file -> assertThat(file.length()).isLessThanOrEqualTo(1000));
  }

  @Test
  void tooManyFilesAreRefused() throws IOException {
    TarGz many = new TarGz();
    for (int i = 0; i < 11; i++) {
      many.file("f" + i, "");
    }
    assertRefused(many, "more than 10 files");
  }

  @Test
  void whatIsNoArchiveIsAnError() throws IOException {
    Path file = Files.writeString(folder.resolve("bundle.tar.gz"), "<html>502</html>");
    assertThatThrownBy(() -> ARCHIVE.unpack(file, target)).isInstanceOf(IOException.class);
  }

  @Test
  void anArchiveThatWasCutOffIsAnError() throws IOException {
    Path whole = new TarGz().file("a", "some text in it").writeTo(folder.resolve("whole.tar.gz"));
    byte[] bytes = Files.readAllBytes(whole);
    Path cut = Files.write(folder.resolve("cut.tar.gz"), Arrays.copyOf(bytes, 40));
    assertThatThrownBy(() -> ARCHIVE.unpack(cut, target)).isInstanceOf(IOException.class);
  }

  private void unpack(TarGz archive) throws IOException {
    ARCHIVE.unpack(archive.writeTo(folder.resolve("bundle.tar.gz")), target);
  }

  private void assertRefused(TarGz archive, String why) {
    assertThatThrownBy(() -> unpack(archive))
        .isInstanceOf(RefusedArchiveException.class)
        .hasMessageContaining("the archive bundle.tar.gz is refused")
        .hasMessageContaining(why);
  }
}
