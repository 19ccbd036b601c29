package io.dioptra.worker.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;

/** The expected texts are those of Python's {@code json.dumps(value, indent=2)}. */
class JsonTextTest {
  @Test
  void listsAndObjectsAreIndentedByTwo() {
    SequencedMap<String, Value> inner = new LinkedHashMap<>();
    inner.put("b", Value.items(Value.Int.of(1), new Value.Null()));
    inner.put("a", new Value.Bool(false));
    SequencedMap<String, Value> outer = new LinkedHashMap<>();
    outer.put("x", new Value.Members(inner));
    assertThat(JsonText.of(new Value.Members(outer)))
        .isEqualTo(
            """
            {
              "x": {
                "b": [
                  1,
                  null
                ],
                "a": false
              }
            }\
            """);
  }

  @Test
  void emptyOnesStayOnOneLine() {
    assertThat(JsonText.of(Value.items(Value.items(), Value.Members.none())))
        .isEqualTo("[\n  [],\n  {}\n]");
  }

  @Test
  void numbersLookAsInPython() {
    assertThat(JsonText.of(new Value.Real(100))).isEqualTo("100.0");
    assertThat(JsonText.of(new Value.Real(1e16))).isEqualTo("1e+16");
    assertThat(JsonText.of(new Value.Real(1e-5))).isEqualTo("1e-05");
    assertThat(JsonText.of(new Value.Real(-0.0))).isEqualTo("-0.0");
    assertThat(JsonText.of(new Value.Int(BigInteger.TEN.pow(30)))).isEqualTo("1" + "0".repeat(30));
  }

  @Test
  void whatJsonDoesNotKnowIsNamedAsPythonNamesIt() {
    assertThat(JsonText.of(new Value.Real(Double.NaN))).isEqualTo("NaN");
    assertThat(JsonText.of(new Value.Real(Double.POSITIVE_INFINITY))).isEqualTo("Infinity");
    assertThat(JsonText.of(new Value.Real(Double.NEGATIVE_INFINITY))).isEqualTo("-Infinity");
  }

  @Test
  void textsAreEscapedToAscii() {
    assertThat(JsonText.of(new Value.Text("\"\\/\b\f\n\r\t\u0001\u007f~ é€😀")))
        .isEqualTo("\"\\\"\\\\/\\b\\f\\n\\r\\t\\u0001\\u007f~ \\u00e9\\u20ac\\ud83d\\ude00\"");
  }

  @Test
  void aReferenceHasNoText() {
    Value reference = new Value.Reference(new ValueHandle(ValueHandle.Origin.PARAMETER, "x", ""));
    assertThatThrownBy(() -> JsonText.of(reference)).isInstanceOf(IllegalArgumentException.class);
  }
}
