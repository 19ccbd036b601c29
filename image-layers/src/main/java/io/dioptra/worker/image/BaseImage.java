package io.dioptra.worker.image;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.cyclonedx.model.Component;

/**
 * What an image is built on: its name; its digest where the reference pins it; its bytes where it
 * is an archive at hand.
 */
record BaseImage(Optional<String> name, Optional<String> digest, OptionalLong bytes) {
  private static final String TAR = "tar://";

  /** From a reference as Jib takes them: of a registry, of a Docker engine, or an archive. */
  static BaseImage of(String reference) throws IOException {
    if (reference.startsWith(TAR)) {
      ImageArchive archive = ImageArchive.read(Path.of(reference.substring(TAR.length())));
      return new BaseImage(
          archive.name(), Optional.of(archive.digest()), OptionalLong.of(archive.bytes()));
    }
    String image = reference.replaceFirst("^(docker|registry)://", "");
    int at = image.indexOf('@');
    return at < 0
        ? new BaseImage(Optional.of(image), Optional.empty(), OptionalLong.empty())
        : new BaseImage(
            Optional.of(image.substring(0, at)),
            Optional.of(image.substring(at + 1)),
            OptionalLong.empty());
  }

  Map<String, String> labels() {
    Map<String, String> labels = new TreeMap<>();
    name.ifPresent(value -> labels.put("org.opencontainers.image.base.name", value));
    digest.ifPresent(value -> labels.put("org.opencontainers.image.base.digest", value));
    return labels;
  }

  /** For the bill of materials. */
  Component component() {
    Component component = new Component();
    component.setType(Component.Type.CONTAINER);
    component.setName(name.orElse("base image"));
    digest.ifPresent(component::setVersion);
    component.setDescription("The base image: Debian and Python 3.11; its packages are not listed");
    component.setBomRef("base-image");
    return component;
  }
}
