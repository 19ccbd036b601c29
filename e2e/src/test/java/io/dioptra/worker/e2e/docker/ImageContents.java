package io.dioptra.worker.e2e.docker;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * An image as its archive has it.
 *
 * @param configuration the image's own JSON
 * @param layers the lowest first
 */
public record ImageContents(JsonNode configuration, List<ImageLayer> layers) {
  private static final String DELETED = ".wh.";
  private static final String EMPTIED = ".wh..wh..opq";

  public ImageContents {
    layers = List.copyOf(layers);
  }

  /** What a container is started with: {@code User}, {@code Env} and so on. */
  public JsonNode settings() {
    return configuration.get("config");
  }

  /** The variables of a container. */
  public Map<String, String> environment() {
    Map<String, String> variables = new LinkedHashMap<>();
    for (JsonNode line : settings().get("Env")) {
      String[] parts = line.asString().split("=", 2);
      variables.put(parts[0], parts[1]);
    }
    return variables;
  }

  /** The labels. */
  public Map<String, String> labels() {
    Map<String, String> labels = new LinkedHashMap<>();
    settings()
        .path("Labels")
        .properties()
        .forEach(label -> labels.put(label.getKey(), label.getValue().asString()));
    return labels;
  }

  /** What a container sees, by path: upper layers hide and delete what is below them. */
  public Map<String, ImageFile> files() {
    Map<String, ImageFile> files = new LinkedHashMap<>();
    for (ImageLayer layer : layers) {
      layer.files().forEach(file -> hideBelow(file, files));
      layer.files().stream()
          .filter(file -> !file.name().startsWith(DELETED))
          .forEach(file -> files.put(file.path(), file));
    }
    return files;
  }

  /** The layers that Jib added to the base. */
  public Stream<ImageLayer> ours() {
    return layers.stream().filter(ImageLayer::isOurs);
  }

  public long bytes() {
    return layers.stream().mapToLong(ImageLayer::bytes).sum();
  }

  private static void hideBelow(ImageFile file, Map<String, ImageFile> files) {
    if (file.name().startsWith(DELETED)) {
      String folder = file.path().substring(0, file.path().lastIndexOf('/'));
      String gone =
          file.name().equals(EMPTIED)
              ? folder
              : folder + "/" + file.name().substring(DELETED.length());
      List<String> hidden = new ArrayList<>();
      for (String path : files.keySet()) {
        if (path.startsWith(gone + "/") || (path.equals(gone) && !file.name().equals(EMPTIED))) {
          hidden.add(path);
        }
      }
      files.keySet().removeAll(hidden);
    }
  }
}
