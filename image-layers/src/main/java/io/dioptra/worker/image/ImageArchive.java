package io.dioptra.worker.image;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dioptra.worker.image.contents.Sha256;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarFile;

/**
 * An image as {@code docker save} writes it. Its digest is that of its configuration, which an
 * engine shows as the image's id: an archive has no manifest of a registry.
 */
record ImageArchive(Optional<String> name, String digest, long bytes) {
  private static final String NAMES = UTF_8.name(); // Not what the locale says.
  private static final int GZIP = 0x1f8b;

  static ImageArchive read(Path archive) throws IOException {
    try (TarFile tar = new TarFile(archive, NAMES)) {
      JsonNode image = new ObjectMapper().readTree(content(tar, "manifest.json")).path(0);
      String configuration = image.path("Config").asText();
      long bytes = 0;
      for (JsonNode layer : image.path("Layers")) {
        bytes += layerBytes(tar, layer.asText());
      }
      JsonNode tag = image.path("RepoTags").path(0);
      return new ImageArchive(
          tag.isTextual() ? Optional.of(tag.asText()) : Optional.empty(),
          "sha256:" + Sha256.of(content(tar, configuration)),
          bytes);
    } catch (IOException e) {
      throw new IOException(archive + " is not an image as docker save writes it: " + e, e);
    }
  }

  private static long layerBytes(TarFile tar, String name) throws IOException {
    long bytes = 0;
    try (BufferedInputStream raw = new BufferedInputStream(tar.getInputStream(entry(tar, name)));
        TarArchiveInputStream layer = new TarArchiveInputStream(unzipped(raw), NAMES)) {
      for (TarArchiveEntry file = layer.getNextEntry(); file != null; file = layer.getNextEntry()) {
        bytes += file.isFile() ? file.getSize() : 0;
      }
    }
    return bytes;
  }

  private static InputStream unzipped(BufferedInputStream raw) throws IOException {
    raw.mark(2);
    int magic = raw.read() << 8 | raw.read();
    raw.reset();
    return magic == GZIP ? new GZIPInputStream(raw) : raw;
  }

  private static byte[] content(TarFile tar, String name) throws IOException {
    try (InputStream content = tar.getInputStream(entry(tar, name))) {
      return content.readAllBytes();
    }
  }

  private static TarArchiveEntry entry(TarFile tar, String name) throws IOException {
    return tar.getEntries().stream()
        .filter(entry -> entry.getName().equals(name))
        .findFirst()
        .orElseThrow(() -> new IOException("it has no \"" + name + "\""));
  }
}
