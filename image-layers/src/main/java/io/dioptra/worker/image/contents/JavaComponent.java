package io.dioptra.worker.image.contents;

import com.github.packageurl.MalformedPackageURLException;
import com.github.packageurl.PackageURL;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import org.cyclonedx.model.Component;
import org.cyclonedx.model.OrganizationalEntity;

/** The Java runtime of an image as a component, from what its JDK says of itself. */
public record JavaComponent(Path jdk) {
  private static final String LICENCE = "GPL-2.0-only WITH Classpath-exception-2.0";

  public Component make() throws IOException {
    Properties release = new Properties();
    try (Reader reader = Files.newBufferedReader(jdk.resolve("release"))) {
      release.load(reader);
    }
    String version = value(release, "JAVA_RUNTIME_VERSION");
    OrganizationalEntity supplier = new OrganizationalEntity();
    supplier.setName(value(release, "IMPLEMENTOR"));
    Component component = new Component();
    component.setType(Component.Type.PLATFORM);
    component.setName("openjdk");
    component.setVersion(version);
    component.setSupplier(supplier);
    component.setDescription("Java runtime, cut by jlink to the modules that the worker needs");
    component.setPurl(purl(version));
    component.setBomRef(component.getPurl());
    Licences.choice(List.of(LICENCE)).ifPresent(component::setLicenses);
    return component;
  }

  private static String value(Properties release, String name) {
    return release.getProperty(name, "unknown").replace("\"", "");
  }

  private static PackageURL purl(String version) {
    try {
      return new PackageURL(PackageURL.StandardTypes.GENERIC, null, "openjdk", version, null, null);
    } catch (MalformedPackageURLException e) {
      throw new IllegalArgumentException("no version of Java: " + version, e);
    }
  }
}
