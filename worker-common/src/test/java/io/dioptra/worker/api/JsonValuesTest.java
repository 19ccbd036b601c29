package io.dioptra.worker.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.dioptra.worker.task.Value;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class JsonValuesTest {
  @Test
  void everyKindOfJsonBecomesTheValueOfItsKind() {
    assertThat(read("null")).isEqualTo(new Value.Null());
    assertThat(read("true")).isEqualTo(new Value.Bool(true));
    assertThat(read("7")).isEqualTo(Value.Int.of(7));
    assertThat(read("100.0")).isEqualTo(new Value.Real(100));
    assertThat(read("1e-5")).isEqualTo(new Value.Real(1e-5));
    assertThat(read("\"\\u00e9\\n\"")).isEqualTo(new Value.Text("é\n"));
    assertThat(read("[1, [], {}]"))
        .isEqualTo(Value.items(Value.Int.of(1), Value.items(), Value.Members.none()));
  }

  @Test
  void pythonsNumbersThatJsonDoesNotHaveAreRead() {
    assertThat(read("NaN")).isEqualTo(new Value.Real(Double.NaN));
    assertThat(read("Infinity")).isEqualTo(new Value.Real(Double.POSITIVE_INFINITY));
    assertThat(read("-Infinity")).isEqualTo(new Value.Real(Double.NEGATIVE_INFINITY));
    assertThat(read("1e400")).isEqualTo(new Value.Real(Double.POSITIVE_INFINITY));
  }

  @Test
  void anIntegerMayBeOfAnySize() {
    String digits = "9".repeat(5000);

    assertThat(read(digits)).isEqualTo(new Value.Int(new BigInteger(digits)));
    assertThat(read("-9223372036854775809"))
        .isEqualTo(new Value.Int(new BigInteger("-9223372036854775809")));
  }

  @Test
  void membersKeepTheOrderOfTheDocument() {
    assertThat(JsonValues.members(JsonValues.read(utf8("{\"z\": 1, \"a\": 2, \"m\": 3}"))))
        .containsExactly(
            java.util.Map.entry("z", Value.Int.of(1)),
            java.util.Map.entry("a", Value.Int.of(2)),
            java.util.Map.entry("m", Value.Int.of(3)));
  }

  private static Value read(String json) {
    return JsonValues.value(JsonValues.read(utf8(json)));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
