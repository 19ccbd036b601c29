package io.dioptra.worker.image;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.jar.JarFile;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnJarTest {
  private static final LocalDateTime TIME = LocalDateTime.of(2026, 11, 22, 0, 0);

  private final Path folder;

  OwnJarTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void permissionsOfTheBuildersFilesAreNotInTheImage() throws IOException {
    Path usual = jar("usual.jar", 0644);
    Path strict = jar("strict.jar", 0600);
    assertThat(usual).isRegularFile();
    assertThat(Files.mismatch(usual, strict)).isNotEqualTo(-1);

    assertThat(Files.mismatch(copy(usual), copy(strict))).isEqualTo(-1);
  }

  @Test
  void theJarHasItsContentOrderAndTimes() throws IOException {
    try (JarFile jar = new JarFile(copy(jar("a.jar", 0644)).toFile())) {
      assertThat(jar.getManifest().getMainAttributes().getValue("X")).isEqualTo("y");
      assertThat(jar.stream().map(Object::toString))
          .containsExactly("META-INF/MANIFEST.MF", "z/", "z/Last.class", "a.properties");
      assertThat(jar.getEntry("a.properties").getTimeLocal()).isEqualTo(TIME);
      assertThat(jar.getInputStream(jar.getEntry("a.properties")).readAllBytes())
          .isEqualTo("of a.properties".getBytes(UTF_8));
    }
  }

  private Path copy(Path jar) throws IOException {
    Path copy = folder.resolve("copy-of-" + jar.getFileName());
    new OwnJar(jar).copyTo(copy);
    return copy;
  }

  private Path jar(String name, int mode) throws IOException {
    Path file = folder.resolve(name);
    try (OutputStream out = Files.newOutputStream(file);
        ZipArchiveOutputStream jar = new ZipArchiveOutputStream(out)) {
      add(jar, "META-INF/MANIFEST.MF", mode, "Manifest-Version: 1.0\nX: y\n");
      add(jar, "z/", mode | 0111, "");
      add(jar, "z/Last.class", mode, "of z/Last.class");
      add(jar, "a.properties", mode, "of a.properties");
    }
    return file;
  }

  private static void add(ZipArchiveOutputStream jar, String name, int mode, String content)
      throws IOException {
    ZipArchiveEntry entry = new ZipArchiveEntry(name);
    entry.setUnixMode(mode);
    entry.setTimeLocal(TIME);
    jar.putArchiveEntry(entry);
    jar.write(content.getBytes(UTF_8));
    jar.closeArchiveEntry();
  }
}
