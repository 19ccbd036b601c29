package io.dioptra.worker.image.contents;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import org.cyclonedx.Version;
import org.cyclonedx.exception.GeneratorException;
import org.cyclonedx.generators.BomGeneratorFactory;
import org.cyclonedx.model.Bom;
import org.cyclonedx.model.Component;
import org.cyclonedx.model.Dependency;
import org.cyclonedx.model.Metadata;

/** The CycloneDX document of an image: the same parts give the same bytes. */
public record BillOfMaterials(Component image, List<Component> parts, Instant created) {
  private static final Version VERSION = Version.VERSION_16;

  public BillOfMaterials {
    parts = parts.stream().sorted(Comparator.comparing(Component::getBomRef)).toList();
  }

  /** The image itself, which the parts are parts of. */
  public static Component image(String name, String version, String licence) {
    Component image = new Component();
    image.setType(Component.Type.CONTAINER);
    image.setName(name);
    image.setVersion(version);
    image.setBomRef(name);
    Licences.choice(List.of(licence)).ifPresent(image::setLicenses);
    return image;
  }

  public String json() throws IOException {
    Metadata metadata = new Metadata();
    metadata.setTimestamp(Date.from(created));
    metadata.setComponent(image);
    Bom bom = new Bom();
    bom.setMetadata(metadata);
    bom.setComponents(new ArrayList<>(parts));
    bom.addDependency(needs());
    // A serial number that follows from the content, since a random one would make each build
    // differ.
    bom.setSerialNumber("urn:uuid:" + UUID.nameUUIDFromBytes(text(bom).getBytes(UTF_8)));
    return text(bom);
  }

  private Dependency needs() {
    Dependency needs = new Dependency(image.getBomRef());
    parts.forEach(part -> needs.addDependency(new Dependency(part.getBomRef())));
    return needs;
  }

  private static String text(Bom bom) throws IOException {
    try {
      return BomGeneratorFactory.createJson(VERSION, bom).toJsonString() + "\n";
    } catch (GeneratorException e) {
      throw new IOException("The bill of materials cannot be written: " + e.getMessage(), e);
    }
  }
}
