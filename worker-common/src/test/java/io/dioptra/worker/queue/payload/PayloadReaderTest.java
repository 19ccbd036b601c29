package io.dioptra.worker.queue.payload;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.dioptra.worker.job.ExperimentId;
import io.dioptra.worker.job.JobId;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PayloadReaderTest {
  private final PayloadReader reader = new PayloadReader();

  @ParameterizedTest
  @ValueSource(
      strings = {"protocol-2", "protocol-3", "protocol-4", "protocol-5", "uncompressed", "json"})
  void whatTheApiEnqueuesIsUnderstoodInEveryForm(String form) {
    assertThat(reader.read(SamplePayload.named("call-" + form)))
        .isEqualTo(new Payload.Call(new JobId(12), new ExperimentId(70000)));
  }

  @Test
  void idsMayBeAsLargeAsALong() {
    assertThat(reader.read(SamplePayload.named("call-large-ids")))
        .isEqualTo(new Payload.Call(new JobId(1L << 40), new ExperimentId(Long.MAX_VALUE)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "other-function | the function \"shutil.rmtree\" is not run here",
        "method | calls a method of an object",
        "positional | takes no positional arguments",
        "other-keywords | takes the keywords job_id and experiment_id, and no others",
        "text-id | job_id is not a positive integer",
        "bool-id | job_id is not a positive integer",
        "negative-id | job_id is not a positive integer",
        "huge-id | job_id is not a positive integer",
        "laughs | job_id is not a positive integer",
        "huge-integer | has an integer of 501 bytes",
        "reduce | pickle opcode 0x93 is refused",
        "reduce-protocol-2 | pickle opcode 0x63 is refused",
        "global-protocol-0 | neither a pickle nor JSON",
        "date | pickle opcode 0x93 is refused",
        "set | pickle opcode 0x8f is refused",
        "deep | is nested deeper than 32",
        "self-reference | contains itself",
        "many-values | has more than 10000 values",
        "bomb | is larger than 1048576 bytes",
      })
  void anythingElseIsRefusedWithItsReason(String sample, String reason) {
    assertThat(reader.read(SamplePayload.named("refused-" + sample)))
        .asInstanceOf(type(Payload.Refused.class))
        .extracting(Payload.Refused::reason, STRING)
        .contains(reason);
  }

  @Test
  void everyCutOffPayloadIsRefused() {
    byte[] whole = SamplePayload.named("call-uncompressed");
    for (int length = 0; length < whole.length; length++) {
      assertThat(reader.read(Arrays.copyOf(whole, length)))
          .as("the first %d bytes", length)
          .isInstanceOf(Payload.Refused.class);
    }
  }

  @Test
  void everyFlippedByteIsRefusedOrStillACall() {
    byte[] whole = SamplePayload.named("call-protocol-5");
    for (int at = 0; at < whole.length; at++) {
      byte[] changed = whole.clone();
      changed[at] ^= (byte) 0xff;
      assertThat(reader.read(changed)).as("byte %d", at).isNotNull();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "garbage", "[", "[1, 2", "[\"a\", null, [], {}] trailing", "{}"})
  void textThatIsNoCallIsRefused(String text) {
    assertThat(reader.read(text.getBytes(UTF_8))).isInstanceOf(Payload.Refused.class);
  }

  @Test
  void deepJsonIsRefused() {
    byte[] deep = ("[".repeat(100_000) + "]".repeat(100_000)).getBytes(UTF_8);

    assertThat(reader.read(deep)).isInstanceOf(Payload.Refused.class);
  }

  @Test
  void aForeignNameIsShownShortAndPrintable() {
    String name = "evil\n\u001b[31m" + "x".repeat(5000);
    byte[] json = "[\"%s\", null, [], {}]".formatted(jsonEscaped(name)).getBytes(UTF_8);

    assertThat(reader.read(json))
        .asInstanceOf(type(Payload.Refused.class))
        .extracting(Payload.Refused::reason, STRING)
        .startsWith("the function \"evil??[31mxxx")
        .hasSizeLessThan(250);
  }

  private static String jsonEscaped(String text) {
    return text.replace("\n", "\\n").replace("\u001b", "\\u001b");
  }
}
