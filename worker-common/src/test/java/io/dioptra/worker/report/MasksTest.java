package io.dioptra.worker.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.dioptra.worker.config.Secret;
import java.net.URLEncoder;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MasksTest {
  private static final String SECRET = "wJalr/XUtnFE+MI K7\"MDENG'bPx";
  private final Masks masks = masks(SECRET);

  @ParameterizedTest
  @ValueSource(
      strings = {
        SECRET,
        "wJalr/XUtnFE+MI K7\\\"MDENG'bPx",
        "wJalr/XUtnFE+MI K7\"MDENG\\'bPx",
        "wJalr/XUtnFE%2BMI%20K7%22MDENG%27bPx",
        "wJalr%2fXUtnFE%2bMI+K7%22MDENG%27bPx"
      })
  void aSecretIsMaskedInEveryShape(String shape) {
    assertThat(masks.apply("a " + shape + " b " + shape + shape)).isEqualTo("a *** b ******");
  }

  @Test
  void baseSixtyFourIsMaskedWhereverTheSecretLiesInIt() {
    for (int before = 0; before < 7; before++) {
      for (int after = 0; after < 4; after++) {
        byte[] whole = ("u".repeat(before) + SECRET + "v".repeat(after)).getBytes(UTF_8);
        for (Base64.Encoder encoder : List.of(Base64.getEncoder(), Base64.getUrlEncoder())) {
          String shown = masks.apply(encoder.encodeToString(whole));
          assertThat(shown).contains("***").hasSizeLessThan(3 + 8 + (before + after) * 2);
        }
      }
    }
  }

  @Test
  void shortOnesAreLeftAloneAndTheLongerOfTwoIsMaskedWhole() {
    assertThat(masks("short").apply("short")).isEqualTo("short");
    assertThat(masks("password", "password-1234").apply("password-1234 password"))
        .isEqualTo("*** ***");
    assertThat(Masks.none().apply("anything")).isEqualTo("anything");
  }

  @Test
  void aKeyOfSeveralLinesIsMaskedInEachOfThem() {
    Masks key = masks("-----BEGIN KEY-----\nabcdefghij\r\nklmnopqrst\n-----END KEY-----\n");
    assertThat(key.apply("-----BEGIN KEY-----")).isEqualTo("-----BEGIN KEY-----");
    assertThat(key.apply("abcdefghij")).isEqualTo("***");
    assertThat(key.apply("klmnopqrst")).isEqualTo("***");
  }

  @Test
  void itPrintsWithoutTheSecrets() {
    assertThat(masks.toString()).doesNotContain("wJalr");
  }

  @Test
  void noSecretIsEverSeenAmongOtherText() {
    Random random = new Random(11);
    for (int round = 0; round < 2000; round++) {
      String secret = text(random, 6 + random.nextInt(40));
      Masks fresh = masks(secret, text(random, 20));
      String shown =
          fresh.apply(
              text(random, random.nextInt(50))
                  + secret
                  + text(random, random.nextInt(5))
                  + URLEncoder.encode(secret, UTF_8)
                  + text(random, random.nextInt(50)));
      assertThat(shown).doesNotContain(secret, URLEncoder.encode(secret, UTF_8)).contains("***");
    }
  }

  private static String text(Random random, int length) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append((char) (' ' + random.nextInt('~' - ' ')));
    }
    return text.toString().strip() + "x".repeat(length > 5 ? 6 : 0);
  }

  private static Masks masks(String... secrets) {
    return Masks.of(Arrays.stream(secrets).map(Secret::new).toList());
  }
}
