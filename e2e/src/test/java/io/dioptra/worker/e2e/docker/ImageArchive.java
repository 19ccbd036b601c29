package io.dioptra.worker.e2e.docker;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The archive that {@code docker save} writes, read once from its beginning to its end: nothing of
 * the layers but their tables of contents is kept.
 */
final class ImageArchive {
  /** Larger files are no texts. */
  private static final long SEARCHED = 16L << 20;

  /** Layers up to this size are compressed to see what they are to pull. */
  private static final long COMPRESSED = 64L << 20;

  private static final int BUFFER = 1 << 20;

  private final Set<Mark> marks;
  private final JsonMapper json = JsonMapper.shared();
  private final Map<String, byte[]> documents = new LinkedHashMap<>();
  private final Map<String, Layer> layers = new LinkedHashMap<>();
  private final Map<String, String> links = new LinkedHashMap<>();

  private record Layer(long bytes, OptionalLong pulled, List<ImageFile> files) {}

  private ImageArchive(Set<Mark> marks) {
    this.marks = marks;
  }

  /**
   * Reads the archive.
   *
   * @param marks what to look for in every file
   */
  static ImageContents read(InputStream stream, Set<Mark> marks) throws IOException {
    ImageArchive archive = new ImageArchive(marks);
    archive.read(stream);
    return archive.contents();
  }

  private void read(InputStream stream) throws IOException {
    TarArchiveInputStream tar = new TarArchiveInputStream(new BufferedInputStream(stream, BUFFER));
    for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
      if (entry.isSymbolicLink()) {
        // The same layer a second time: ../ID/layer.tar
        links.put(entry.getName(), entry.getLinkName().replace("../", ""));
      } else if (entry.isFile()) {
        member(entry, new BufferedInputStream(tar, BUFFER));
      }
    }
  }

  private void member(TarArchiveEntry entry, BufferedInputStream content) throws IOException {
    content.mark(2);
    int first = content.read();
    int second = content.read();
    content.reset();
    if (first == '{' || first == '[') {
      documents.put(entry.getName(), content.readAllBytes());
    } else if (first == 0x1f && second == 0x8b) {
      OptionalLong pulled = OptionalLong.of(entry.getSize());
      layers.put(entry.getName(), layer(new GZIPInputStream(content, BUFFER), pulled));
    } else if (entry.getSize() > COMPRESSED) {
      layers.put(entry.getName(), layer(content, OptionalLong.empty()));
    } else if (entry.getSize() >= 1024) {
      byte[] small = content.readAllBytes();
      OptionalLong pulled = OptionalLong.of(compressed(small));
      layers.put(entry.getName(), layer(new ByteArrayInputStream(small), pulled));
    }
  }

  /** How much it takes as a registry keeps it. */
  private static long compressed(byte[] content) throws IOException {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
      gzip.write(content);
    }
    return compressed.size();
  }

  private Layer layer(InputStream content, OptionalLong pulled) throws IOException {
    TarArchiveInputStream tar = new TarArchiveInputStream(content);
    List<ImageFile> files = new ArrayList<>();
    for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
      boolean isSearched = entry.isFile() && entry.getSize() <= SEARCHED;
      files.add(ImageFile.of(entry, isSearched ? found(tar.readAllBytes()) : Set.of()));
    }
    return new Layer(tar.getBytesRead(), pulled, files);
  }

  private Set<Mark> found(byte[] content) {
    String text = new String(content, StandardCharsets.ISO_8859_1);
    return marks.stream().filter(mark -> mark.isIn(text)).collect(Collectors.toSet());
  }

  private ImageContents contents() throws IOException {
    JsonNode manifest = document("manifest.json").get(0);
    JsonNode configuration = document(manifest.get("Config").asString());
    List<JsonNode> history = new ArrayList<>();
    for (JsonNode step : configuration.get("history")) {
      if (!step.path("empty_layer").asBoolean()) {
        history.add(step);
      }
    }
    List<ImageLayer> result = new ArrayList<>();
    for (int i = 0; i < manifest.get("Layers").size(); i++) {
      String member = manifest.get("Layers").get(i).asString();
      Layer layer = layers.get(links.getOrDefault(member, member));
      if (layer == null) {
        throw new IOException("The archive has no layer " + member + ", only " + layers.keySet());
      }
      JsonNode step = history.get(i);
      boolean isOurs = step.path("author").asString("").equals("Jib");
      String name = step.path(isOurs ? "comment" : "created_by").asString("");
      String digest = configuration.get("rootfs").get("diff_ids").get(i).asString();
      result.add(
          new ImageLayer(name, isOurs, digest, layer.bytes(), layer.pulled(), layer.files()));
    }
    return new ImageContents(configuration, result);
  }

  private JsonNode document(String name) throws IOException {
    byte[] bytes = documents.get(name);
    if (bytes == null) {
      throw new IOException("The archive has no " + name + ", only " + documents.keySet());
    }
    return json.readTree(bytes);
  }
}
