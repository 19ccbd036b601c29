package io.dioptra.worker.image;

import io.dioptra.worker.image.contents.BillOfMaterials;
import io.dioptra.worker.image.contents.JarComponents;
import io.dioptra.worker.image.contents.JarFile;
import io.dioptra.worker.image.contents.JavaComponent;
import io.dioptra.worker.image.contents.LicenceList;
import io.dioptra.worker.image.contents.LockedHashes;
import io.dioptra.worker.image.contents.PomLicences;
import io.dioptra.worker.image.contents.WheelComponents;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.maven.artifact.Artifact;
import org.cyclonedx.model.Component;

/**
 * The documents in an image about what is in it: the bill of materials, the licences of its parts,
 * and our own.
 */
record Documents(Build build, BaseImage base, String licence) {
  private static final String FOLDER = "usr/share/doc/dioptra-worker";

  /** Writes them into the folder of a layer. */
  void write(String image, List<LayerFolder> layers, Instant created, Path layer)
      throws IOException, BuildFailure {
    Path folder = Files.createDirectories(layer.resolve(FOLDER));
    BillOfMaterials bill =
        new BillOfMaterials(
            BillOfMaterials.image(image, build.project().getVersion(), licence),
            parts(layers),
            created);
    Files.writeString(folder.resolve("sbom.cdx.json"), bill.json());
    Files.writeString(folder.resolve("LICENSES.md"), new LicenceList(bill).markdown());
    Files.copy(build.checkout().resolve("LICENSE"), folder.resolve("LICENSE"));
  }

  private List<Component> parts(List<LayerFolder> layers) throws IOException, BuildFailure {
    List<Component> parts = new ArrayList<>();
    parts.add(base.component());
    parts.add(new JavaComponent(build.jdk()).make());
    String ownGroup = build.project().getGroupId();
    PomLicences poms = new PomLicences(build.repository());
    parts.addAll(new JarComponents(poms, ownGroup, licence).of(jars(layers)));
    parts.addAll(new WheelComponents(hashes()).of(layers.stream().map(LayerFolder::root).toList()));
    return parts;
  }

  private Map<String, String> hashes() throws IOException {
    Path lock = build.module().resolve("python/requirements.lock");
    return Files.exists(lock) ? LockedHashes.read(lock) : Map.of();
  }

  private List<JarFile> jars(List<LayerFolder> layers) throws IOException, BuildFailure {
    List<Artifact> artifacts = new Dependencies(build.project()).all();
    List<JarFile> jars = new ArrayList<>();
    for (Path file : Libraries.files(layers)) {
      String name = file.getFileName().toString();
      Artifact artifact =
          artifacts.stream()
              .filter(one -> name.equals(Dependencies.fileName(one)))
              .findFirst()
              .orElseThrow(
                  () ->
                      new BuildFailure(
                          file
                              + " is of no dependency of this module, perhaps of an earlier"
                              + " build: mvn clean"));
      jars.add(
          new JarFile(
              artifact.getGroupId(), artifact.getArtifactId(), artifact.getBaseVersion(), file));
    }
    return jars;
  }
}
