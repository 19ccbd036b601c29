package io.dioptra.worker.tracking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ArtifactNamesTest {
  @Test
  void theContentTypeIsGuessedFromTheExtension() {
    assertThat(ContentTypes.guess("d1/output.TXT")).contains("text/plain");
    assertThat(ContentTypes.guess("a.tar.png")).contains("image/png");
    assertThat(ContentTypes.guess("data.npy")).isEmpty();
    assertThat(ContentTypes.guess("Hello World")).isEmpty();
    assertThat(ContentTypes.guess("folder/.txt")).isEmpty();
  }

  @Test
  void aPathCannotLeaveTheRunsArtifacts() {
    assertThat(ArtifactPath.of("a b/c").child("d")).hasToString("a b/c/d");
    for (String path : new String[] {"", "/a", "a//b", "..", "a/../b", "a/."}) {
      assertThatThrownBy(() -> ArtifactPath.of(path))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("\"" + path + "\"");
    }
  }

  @Test
  void partsGrowSoThatTheyAreNotTooMany() {
    assertThat(S3Store.partSize(9L << 20)).isEqualTo(8 << 20);
    assertThat(200L * (1L << 30) / S3Store.partSize(200L << 30)).isLessThan(10_000);
  }
}
