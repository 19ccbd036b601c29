package io.dioptra.worker.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LayerFolderTest {
  @Test
  void bytesAreThoseThatTheImageWillHave(@TempDir Path root) throws IOException {
    Path file = Files.write(Files.createDirectories(root.resolve("a/b")).resolve("x"), new byte[7]);
    Files.write(root.resolve("y"), new byte[100]);
    Files.createSymbolicLink(root.resolve("link"), file);

    assertThat(new LayerFolder("java", root).bytes()).isEqualTo(7 + 100 + 7);
  }
}
