package io.dioptra.worker.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PythonTextTest {
  @Test
  void aTextIsItselfAndIsQuotedInsideAList() {
    assertThat(PythonText.str(text("it's"))).isEqualTo("it's");
    assertThat(PythonText.str(Value.items(text("it's")))).isEqualTo("[\"it's\"]");
    assertThat(PythonText.repr(text("Bob"))).isEqualTo("'Bob'");
  }

  @ParameterizedTest
  @CsvSource({
    "0.5, 0.5",
    "1e16, 1e+16",
    "1e-5, 1e-05",
    "100.0, 100.0",
    "0.0, 0.0",
    "-0.0, -0.0",
    "0.0001, 0.0001",
    "0.00012345, 0.00012345",
    "9999999999999998.0, 9999999999999998.0",
    "1234567890123456.7, 1234567890123456.8",
    "123456789.125, 123456789.125",
    "1.5e300, 1.5e+300",
    "1e23, 1e+23",
    "-2.5e-7, -2.5e-07",
    "1e100, 1e+100",
    "4.9e-324, 5e-324",
    "1e-323, 1e-323",
    "2.2250738585072014e-308, 2.2250738585072014e-308",
    "1.7976931348623157e308, 1.7976931348623157e+308",
    "2e-3, 0.002",
    "0.1, 0.1",
    "3.3333333333333335, 3.3333333333333335",
    "1.0e15, 1000000000000000.0",
    "1.2e16, 1.2e+16"
  })
  void aFloatHasTheFewestDigitsInPythonsFormat(double number, String expected) {
    assertThat(PythonText.str(new Value.Real(number))).isEqualTo(expected);
  }

  @Test
  void whatIsNoNumberIsWrittenAsPythonWritesIt() {
    assertThat(PythonText.str(new Value.Real(Double.NaN))).isEqualTo("nan");
    assertThat(PythonText.str(new Value.Real(Double.POSITIVE_INFINITY))).isEqualTo("inf");
    assertThat(PythonText.str(new Value.Real(Double.NEGATIVE_INFINITY))).isEqualTo("-inf");
  }

  @Test
  void constantsAndIntegersOfAnySizeAreWrittenAsPythonWritesThem() {
    assertThat(PythonText.str(new Value.Bool(true))).isEqualTo("True");
    assertThat(PythonText.str(new Value.Bool(false))).isEqualTo("False");
    assertThat(PythonText.str(new Value.Null())).isEqualTo("None");
    assertThat(PythonText.str(Value.Int.of(7))).isEqualTo("7");
    BigInteger large = BigInteger.TWO.pow(200).negate();
    assertThat(PythonText.str(new Value.Int(large))).isEqualTo(large.toString());
  }

  @Test
  void listsAndDictsAreWrittenWithTheirMembersInOrder() {
    assertThat(PythonText.str(Value.items())).isEqualTo("[]");
    assertThat(PythonText.str(Value.Members.none())).isEqualTo("{}");
    assertThat(PythonText.str(Value.items(text("a"), new Value.Null(), new Value.Bool(true))))
        .isEqualTo("['a', None, True]");
    SequencedMap<String, Value> members = new LinkedHashMap<>();
    members.put("k", Value.items(Value.Int.of(1), Value.Int.of(2)));
    members.put("a", Value.items(Value.items(), Value.Members.none()));
    assertThat(PythonText.str(new Value.Members(members)))
        .isEqualTo("{'k': [1, 2], 'a': [[], {}]}");
  }

  @Test
  void quotesAreChosenAndEscapedAsPythonDoes() {
    assertThat(PythonText.quote("a\"b")).isEqualTo("'a\"b'");
    assertThat(PythonText.quote("a'b")).isEqualTo("\"a'b\"");
    assertThat(PythonText.quote("a'b\"c")).isEqualTo("'a\\'b\"c'");
    assertThat(PythonText.quote("a\\b\n\r\t")).isEqualTo("'a\\\\b\\n\\r\\t'");
  }

  @Test
  void whatCannotBePrintedIsEscapedWithTheShortestEscape() {
    assertThat(PythonText.quote("\0\u001b\u007f\u00a0\u00ad"))
        .isEqualTo("'\\x00\\x1b\\x7f\\xa0\\xad'");
    assertThat(PythonText.quote("\u2028\u200b\ud800")).isEqualTo("'\\u2028\\u200b\\ud800'");
    assertThat(PythonText.quote("\udb80\udc00")).isEqualTo("'\\U000f0000'");
    assertThat(PythonText.quote("é ü 😀 漢")).isEqualTo("'é ü 😀 漢'");
  }

  @Test
  void aHundredThousandLevelsNeedNoStack() {
    Value value = new Value.Items(List.of());
    for (int level = 1; level < 100_000; level++) {
      value = Value.items(value);
    }
    assertThat(PythonText.repr(value)).hasSize(200_000).startsWith("[[[").endsWith("]]]");
  }

  @Test
  void aReferenceIsRefused() {
    Value reference =
        new Value.Reference(new ValueHandle(ValueHandle.Origin.STEP, "train", "model"));
    assertThatIllegalArgumentException().isThrownBy(() -> PythonText.repr(reference));
  }

  private static Value text(String text) {
    return new Value.Text(text);
  }
}
