package io.dioptra.worker.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.dioptra.worker.task.PythonText;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParameterTypeTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "string|yes|yes",
        "string||",
        "boolean|tRue|True",
        "boolean|false|False",
        "boolean|yes|",
        "integer| +1_000 |1000",
        "integer|007|7",
        "integer|-0|0",
        "integer|123456789012345678901234567890|123456789012345678901234567890",
        "integer|1.0|",
        "integer|0x10|",
        "integer|1__0|",
        "float|1e3|1000.0",
        "float| 1_0.5 |10.5",
        "float|.5|0.5",
        "float|5.|5.0",
        "float|-INF|-inf",
        "float|+infinity|inf",
        "float|nan|nan",
        "float|1d|",
        "float|.|",
        "float|e5|",
        "list|[1, null]|[1, None]",
        "list|{}|",
        "mapping|{\"a\": NaN}|{'a': nan}",
        "mapping|[]|",
        "mapping|{|",
      })
  void aTextStandsForWhatItStandsForInPython(String type, String text, String expected) {
    ParameterType known = ParameterType.of(type).orElseThrow();
    String given = text == null ? "" : text;
    String shown = known.value(given).map(PythonText::str).orElse("");
    assertThat(shown).isEqualTo(expected == null ? "" : expected);
  }
}
