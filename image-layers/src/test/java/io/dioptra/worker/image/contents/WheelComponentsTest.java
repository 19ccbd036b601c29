package io.dioptra.worker.image.contents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cyclonedx.model.Component;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WheelComponentsTest {
  private static final String SITE = "opt/venv/lib/python3.11/site-packages/";

  private final Path layer;

  WheelComponentsTest(@TempDir Path layer) {
    this.layer = layer;
  }

  @Test
  void aPackageIsKnownByItsNormalNameAndItsExactVersion() throws IOException {
    metadata("Foo_Bar-2.7.1+cpu.dist-info", "Name: Foo_Bar\nVersion: 2.7.1+cpu\nSummary: Bars.");

    Component component = only(Map.of("foo-bar==2.7.1+cpu", "ab".repeat(32)));

    assertThat(component.getName()).isEqualTo("foo-bar");
    assertThat(component.getPurl()).isEqualTo("pkg:pypi/foo-bar@2.7.1%2Bcpu");
    assertThat(component.getDescription()).isEqualTo("Bars.");
    assertThat(component.getHashes())
        .singleElement()
        .satisfies(hash -> assertThat(hash.getValue()).isEqualTo("ab".repeat(32)));
  }

  @Test
  void anExpressionIsBelievedFirst() throws IOException {
    assertThat(
            licence(
                """
                License-Expression: MIT OR Apache-2.0
                License: Something
                Classifier: License :: OSI Approved :: BSD License
                """))
        .contains("MIT OR Apache-2.0");
  }

  @Test
  void anExactNameIsBelievedBeforeAClassifier() throws IOException {
    assertThat(
            licence(
                """
                License: BSD 3-Clause License

                Classifier: License :: OSI Approved :: Not a header any more
                """))
        .contains("BSD-3-Clause");
    assertThat(
            licence(
                """
                License: BSD 3-Clause License
                        Redistribution and use …
                Classifier: License :: OSI Approved :: BSD License
                """))
        .contains("BSD-3-Clause");
  }

  @Test
  void aClassifierIsBelievedBeforeAVagueNameOrAText() throws IOException {
    assertThat(
            licence(
                """
                License: Dual License
                Classifier: License :: OSI Approved :: BSD License
                Classifier: License :: OSI Approved :: Apache Software License
                Classifier: Programming Language :: Python
                """))
        .contains("BSD License; Apache Software License");
    assertThat(
            licence(
                """
                License: Copyright (c) 2005, Somebody.
                        All rights reserved.
                Classifier: License :: OSI Approved :: Python Software Foundation License
                """))
        .contains("Python Software Foundation License");
  }

  @Test
  void aNameIsBelievedBeforeAClassifierThatSaysNothing() throws IOException {
    String other = "Classifier: License :: Other/Proprietary License";

    assertThat(licence("License: NVIDIA Proprietary Software\n" + other))
        .contains("NVIDIA Proprietary Software");
    assertThat(licence(other)).contains("Other/Proprietary License");
  }

  @Test
  void aLoneNameIsBetterThanNothingAndUnknownIsNothing() throws IOException {
    assertThat(licence("License: NVIDIA Proprietary Software"))
        .contains("NVIDIA Proprietary Software");
    assertThat(licence("License: UNKNOWN")).isEmpty();
    assertThat(licence("License: Copyright me\n        All rights reserved.")).isEmpty();
    assertThat(licence("Classifier: License :: OSI Approved")).isEmpty();
  }

  @Test
  void packagesInsidePackagesAreThereOnceAndInOrder() throws IOException {
    metadata("setuptools-84.0.dist-info", "Name: setuptools\nVersion: 84.0");
    metadata("setuptools/_vendor/wheel-0.46.dist-info", "Name: wheel\nVersion: 0.46");
    metadata("wheel-0.48.dist-info", "Name: wheel\nVersion: 0.48");
    metadata("copied/wheel-0.48.dist-info", "Name: wheel\nVersion: 0.48");
    metadata("elsewhere", "Name: not-a-package\nVersion: 1");

    assertThat(new WheelComponents(Map.of()).of(List.of(layer)))
        .extracting(Component::getBomRef)
        .containsExactly("pkg:pypi/setuptools@84.0", "pkg:pypi/wheel@0.46", "pkg:pypi/wheel@0.48");
  }

  private Optional<String> licence(String headers) throws IOException {
    metadata("one-1.dist-info", "Name: one\nVersion: 1\n" + headers.strip());
    return Optional.ofNullable(only(Map.of()).getLicenses()).map(Licences::words);
  }

  private Component only(Map<String, String> hashes) throws IOException {
    return new WheelComponents(hashes).of(List.of(layer)).iterator().next();
  }

  private void metadata(String folder, String headers) throws IOException {
    Path target = Files.createDirectories(layer.resolve(SITE + folder));
    Files.writeString(target.resolve("METADATA"), headers + "\n\nLicense: of the description");
  }
}
