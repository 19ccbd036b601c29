package io.dioptra.worker.image.contents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.cyclonedx.Version;
import org.cyclonedx.exception.ParseException;
import org.cyclonedx.model.Component;
import org.cyclonedx.parsers.JsonParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BillOfMaterialsTest {
  private final Path folder;

  BillOfMaterialsTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void theDocumentFitsTheSchema() throws IOException {
    String json = bill(parts()).json();

    assertThat(new JsonParser().validate(json, Version.VERSION_16)).isEmpty();
    assertThat(json)
        .contains("\"specVersion\" : \"1.6\"", "pkg:maven/com.example/lib@1.0?type=jar");
  }

  @Test
  void aDocumentThatDoesNotFitIsNoticed() throws IOException {
    String json = bill(parts()).json().replace("\"library\"", "\"something\"");

    assertThat(new JsonParser().validate(json, Version.VERSION_16)).isNotEmpty();
  }

  @Test
  void theSamePartsGiveTheSameBytesInWhateverOrderTheyCome() throws IOException {
    List<Component> reversed = new ArrayList<>(parts());
    Collections.reverse(reversed);

    assertThat(bill(reversed).json()).isEqualTo(bill(parts()).json());
  }

  @Test
  void anotherPartIsAnotherDocument() throws IOException {
    List<Component> fewer = parts().subList(1, 3);

    assertThat(serialNumber(bill(fewer))).isNotEqualTo(serialNumber(bill(parts())));
  }

  @Test
  void eachPartIsNamedAsNeededByTheImage() throws IOException, ParseException {
    assertThat(
            new JsonParser()
                .parse(Files.writeString(folder.resolve("bom"), bill(parts()).json()).toFile())
                .getDependencies())
        .singleElement()
        .satisfies(image -> assertThat(image.getDependencies()).hasSize(parts().size()));
  }

  @Test
  void theLicenceListHasALineForEachPart() throws IOException {
    assertThat(new LicenceList(bill(parts())).markdown())
        .startsWith("# Licences of what is in worker-base\n")
        .contains("| com.example:lib | 1.0 | EPL-2.0 |\n")
        .contains("| one | 1 | not stated, see its own files |\n")
        .contains("| openjdk | 25.0.3+9-LTS | GPL-2.0-only WITH Classpath-exception-2.0 |\n");
  }

  private static String serialNumber(BillOfMaterials bill) throws IOException {
    return bill.json()
        .lines()
        .filter(line -> line.contains("serialNumber"))
        .findFirst()
        .orElseThrow();
  }

  private static BillOfMaterials bill(List<Component> parts) {
    return new BillOfMaterials(
        BillOfMaterials.image("worker-base", "1.0", "Apache-2.0"),
        parts,
        Instant.parse("2026-11-22T00:00:00Z"));
  }

  private List<Component> parts() throws IOException {
    Path jar = Files.writeString(folder.resolve("lib-1.0.jar"), "jar");
    Path pom = folder.resolve("com/example/lib/1.0/lib-1.0.pom");
    Files.createDirectories(folder.resolve("com/example/lib/1.0"));
    Files.writeString(
        pom, "<project><licenses><license><name>EPL-2.0</name></license></licenses></project>");
    Path wheel =
        Files.createDirectories(folder.resolve("opt/venv/lib/site-packages/one-1.dist-info"));
    Files.writeString(wheel.resolve("METADATA"), "Name: one\nVersion: 1\n");
    Files.writeString(
        folder.resolve("release"),
        "IMPLEMENTOR=\"Eclipse Adoptium\"\nJAVA_RUNTIME_VERSION=\"25.0.3+9-LTS\"\n");

    List<Component> parts = new ArrayList<>();
    parts.addAll(
        new JarComponents(new PomLicences(folder), "io.dioptra.worker", "Apache-2.0")
            .of(List.of(new JarFile("com.example", "lib", "1.0", jar))));
    parts.addAll(new WheelComponents(Map.of()).of(List.of(folder)));
    parts.add(new JavaComponent(folder).make());
    return parts;
  }
}
