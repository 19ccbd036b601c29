package io.dioptra.worker.image;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BaseImageTest {
  private final Path folder;

  BaseImageTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void aPinnedReferenceHasNameAndDigest() throws IOException {
    assertThat(BaseImage.of("python:3.11-slim@sha256:00ff").labels())
        .isEqualTo(
            Map.of(
                "org.opencontainers.image.base.name", "python:3.11-slim",
                "org.opencontainers.image.base.digest", "sha256:00ff"));
  }

  @Test
  void aReferenceThatIsNotPinnedHasNoDigest() throws IOException {
    assertThat(BaseImage.of("docker://debian:12").labels())
        .isEqualTo(Map.of("org.opencontainers.image.base.name", "debian:12"));
    assertThat(BaseImage.of("registry://host:5000/debian").bytes()).isEmpty();
  }

  @Test
  void anArchiveHasTheDigestOfItsConfigurationAndItsBytes() throws IOException {
    Map<String, byte[]> root = new TreeMap<>();
    root.put("etc/Főtanúsítvány.crt", new byte[10]);
    root.put("usr/bin/true", new byte[700]);
    Map<String, byte[]> second = Map.of("opt/x", new byte[33]);
    BaseImage base = archive("[\"debian:12\"]", tar(root), gzip(tar(second)));

    assertThat(base.bytes()).hasValue(743);
    assertThat(base.labels())
        .containsEntry("org.opencontainers.image.base.name", "debian:12")
        .containsEntry(
            "org.opencontainers.image.base.digest",
            // printf '{}' | sha256sum
            "sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a");
  }

  @Test
  void anArchiveMayHaveNoName() throws IOException {
    assertThat(archive("null", tar(Map.of())).labels())
        .doesNotContainKey("org.opencontainers.image.base.name");
  }

  @Test
  void anotherArchiveIsRefusedByName() throws IOException {
    Path other = Files.write(folder.resolve("other.tar"), tar(Map.of("a", new byte[1])));

    assertThatThrownBy(() -> BaseImage.of("tar://" + other))
        .hasMessageContaining("other.tar is not an image as docker save writes it")
        .hasMessageContaining("manifest.json");
  }

  private BaseImage archive(String tags, byte[]... layers) throws IOException {
    Map<String, byte[]> files = new TreeMap<>();
    StringBuilder names = new StringBuilder();
    for (int at = 0; at < layers.length; at++) {
      files.put(at + "/layer.tar", layers[at]);
      names.append(at == 0 ? "" : ",").append('"').append(at).append("/layer.tar\"");
    }
    files.put("abc.json", "{}".getBytes(UTF_8));
    files.put(
        "manifest.json",
        "[{\"Config\":\"abc.json\",\"RepoTags\":%s,\"Layers\":[%s]}]"
            .formatted(tags, names)
            .getBytes(UTF_8));
    return BaseImage.of("tar://" + Files.write(folder.resolve("base.tar"), tar(files)));
  }

  private static byte[] tar(Map<String, byte[]> files) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes, UTF_8.name())) {
      tar.putArchiveEntry(new TarArchiveEntry("folder/"));
      tar.closeArchiveEntry();
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        TarArchiveEntry entry = new TarArchiveEntry(file.getKey());
        entry.setSize(file.getValue().length);
        tar.putArchiveEntry(entry);
        tar.write(file.getValue());
        tar.closeArchiveEntry();
      }
    }
    return bytes.toByteArray();
  }

  private static byte[] gzip(byte[] content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream zipped = new GZIPOutputStream(bytes)) {
      zipped.write(content);
    }
    return bytes.toByteArray();
  }
}
