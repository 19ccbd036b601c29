package io.dioptra.worker.image.contents;

import com.github.packageurl.MalformedPackageURLException;
import com.github.packageurl.PackageURL;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.cyclonedx.model.Component;
import org.cyclonedx.model.Hash;

/**
 * The Python packages of an image as components, by the dist-info folders of its layers; those that
 * setuptools carries inside itself are among them. A lock names a hash for each file of a release,
 * so a package has one here only where the release has one file.
 */
public record WheelComponents(Map<String, String> hashes) {
  private static final String DIST_INFO = ".dist-info";

  public Collection<Component> of(List<Path> layers) throws IOException {
    Map<String, Component> components = new TreeMap<>();
    for (Path layer : layers) {
      for (Path metadata : metadata(layer)) {
        Component component = of(metadata);
        components.put(component.getBomRef(), component);
      }
    }
    return components.values();
  }

  private static List<Path> metadata(Path layer) throws IOException {
    Path venv = layer.resolve("opt/venv");
    if (!Files.exists(venv)) {
      return List.of();
    }
    try (Stream<Path> walk = Files.walk(venv)) {
      return walk.filter(file -> file.endsWith("METADATA"))
          .filter(
              file ->
                  Optional.ofNullable(file.getParent())
                      .filter(WheelComponents::isDistInfo)
                      .isPresent())
          .sorted()
          .toList();
    }
  }

  private static boolean isDistInfo(Path folder) {
    return folder.getFileName().toString().endsWith(DIST_INFO);
  }

  private Component of(Path file) throws IOException {
    WheelMetadata metadata = WheelMetadata.read(file);
    String name = metadata.name().toLowerCase(Locale.ROOT).replaceAll("[-_.]+", "-");
    Component component = new Component();
    component.setType(Component.Type.LIBRARY);
    component.setName(name);
    component.setVersion(metadata.version());
    Optional.of(metadata.summary())
        .filter(text -> !text.isEmpty())
        .ifPresent(component::setDescription);
    component.setPurl(purl(name, metadata.version()));
    component.setBomRef(component.getPurl());
    Optional.ofNullable(hashes.get(name + "==" + metadata.version()))
        .ifPresent(hash -> component.addHash(new Hash(Hash.Algorithm.SHA_256, hash)));
    Licences.choice(metadata.licences()).ifPresent(component::setLicenses);
    return component;
  }

  private static PackageURL purl(String name, String version) {
    try {
      return new PackageURL(PackageURL.StandardTypes.PYPI, null, name, version, null, null);
    } catch (MalformedPackageURLException e) {
      throw new IllegalArgumentException("no Python package: " + name + " " + version, e);
    }
  }
}
