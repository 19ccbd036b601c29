package io.dioptra.worker.image.contents;

import com.github.packageurl.MalformedPackageURLException;
import com.github.packageurl.PackageURL;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.cyclonedx.model.Component;
import org.cyclonedx.model.Hash;

/** The jars of an image as components; the licences of others' are those that their poms state. */
public record JarComponents(PomLicences poms, String ownGroup, String ownLicence) {
  public List<Component> of(List<JarFile> jars) throws IOException {
    List<Component> components = new ArrayList<>();
    for (JarFile jar : jars) {
      components.add(of(jar));
    }
    return components;
  }

  private Component of(JarFile jar) throws IOException {
    Component component = new Component();
    component.setType(Component.Type.LIBRARY);
    component.setGroup(jar.group());
    component.setName(jar.name());
    component.setVersion(jar.version());
    component.addHash(new Hash(Hash.Algorithm.SHA_256, Sha256.of(jar.file())));
    component.setPurl(purl(jar));
    component.setBomRef(component.getPurl());
    Licences.choice(
            jar.group().equals(ownGroup)
                ? List.of(ownLicence)
                : poms.of(jar.group(), jar.name(), jar.version()))
        .ifPresent(component::setLicenses);
    return component;
  }

  private static PackageURL purl(JarFile jar) {
    TreeMap<String, String> qualifiers = new TreeMap<>();
    qualifiers.put("type", "jar");
    try {
      return new PackageURL(
          PackageURL.StandardTypes.MAVEN, jar.group(), jar.name(), jar.version(), qualifiers, null);
    } catch (MalformedPackageURLException e) {
      throw new IllegalArgumentException("no coordinates of a jar: " + jar, e);
    }
  }
}
