package io.dioptra.worker.image.contents;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.cyclonedx.model.LicenseChoice;
import org.junit.jupiter.api.Test;

class LicencesTest {
  @Test
  void aNameThatMeansOneLicenceGetsItsIdentifier() {
    assertThat(Licences.identifier("The Apache Software License, Version 2.0"))
        .contains("Apache-2.0");
    assertThat(Licences.identifier("MIT License")).contains("MIT");
    assertThat(Licences.identifier("BSD-2-Clause")).contains("BSD-2-Clause");
  }

  @Test
  void aNameThatCouldMeanSeveralStaysAName() {
    assertThat(Licences.identifier("BSD")).isEmpty();
    assertThat(Licences.identifier("BSD License")).isEmpty();
    assertThat(Licences.identifier("Apache License")).isEmpty();
  }

  @Test
  void anExpressionIsKeptAsOne() {
    assertThat(choice("Apache-2.0 OR (MIT AND BSD-3-Clause)").getExpression().getValue())
        .isEqualTo("Apache-2.0 OR (MIT AND BSD-3-Clause)");
    assertThat(choice("GPL-2.0-only WITH Classpath-exception-2.0").getExpression()).isNotNull();
    assertThat(choice("LicenseRef-Vendor").getExpression()).isNotNull();
  }

  @Test
  void aSentenceWithAnOrIsNoExpression() {
    assertThat(choice("Ask me OR my lawyer").getLicenses())
        .singleElement()
        .satisfies(licence -> assertThat(licence.getName()).isEqualTo("Ask me OR my lawyer"));
  }

  @Test
  void severalLicencesAreReadAsAList() {
    LicenseChoice choice = choice("EPL-2.0", "Public Domain", "EPL-2.0");

    assertThat(Licences.words(choice)).isEqualTo("EPL-2.0; Public Domain");
  }

  @Test
  void noNameIsNoChoice() {
    assertThat(Licences.choice(List.of())).isEmpty();
  }

  private static LicenseChoice choice(String... names) {
    Optional<LicenseChoice> choice = Licences.choice(List.of(names));
    return choice.orElseThrow();
  }
}
