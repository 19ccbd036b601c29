package io.dioptra.worker.queue;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.zip.InflaterInputStream;
import org.junit.jupiter.api.Test;

class ExcStringTest {
  @Test
  void aTextSurvives() throws IOException {
    assertThat(decoded(ExcString.encode("ValueError: no Größe\n🙂")))
        .isEqualTo("ValueError: no Größe\n🙂");
  }

  @Test
  void aLongTextLosesItsMiddle() throws IOException {
    String text = "begin" + "x".repeat(1_000_000) + "end";

    assertThat(decoded(ExcString.encode(text)))
        .startsWith("begin")
        .endsWith("end")
        .contains("934472 characters left out")
        .hasSizeLessThan(66_000);
  }

  private static String decoded(String encoded) throws IOException {
    byte[] deflated = Base64.getDecoder().decode(encoded);
    return new String(
        new InflaterInputStream(new ByteArrayInputStream(deflated)).readAllBytes(), UTF_8);
  }
}
