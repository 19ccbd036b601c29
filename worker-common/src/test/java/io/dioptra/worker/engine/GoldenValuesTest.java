package io.dioptra.worker.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.dioptra.worker.task.PythonText;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What was observed in Dioptra: the order of steps, and its texts for parameters. Those for the
 * arguments of steps are in {@link InvocationTest}, that for a swap is in {@link SwapsTest}.
 */
class GoldenValuesTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          z: {one: '$m'}, a: {one: 1}, m: {one: [['$q', '$a']]}, q: {one: 1}, \
          b: {one: [['$z', '$a']]}, c: {one: '$a'}                            | a, q, c, m, z, b
          s1: {one: {v: {task: 'foo', v: '$s2'}}}, s2: {one: 1}               | s1, s2
          """)
  void stepsRunInThisOrder(String steps, String order) {
    assertThat(Configurations.withGraph("{%s}".formatted(steps)).graph().steps())
        .containsExactly(order.split(", "));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "Bob"    | Bob       | {"k": [1, 2]}     | {'k': [1, 2]}
          7        | 7         | ["a", null, true] | ['a', None, True]
          0.5      | 0.5       | ["it's"]          | ["it's"]
          1e16     | 1e+16     | 1e-5              | 1e-05
          100.0    | 100.0     | true              | True
          null     | None      | []                | []
          Infinity | inf       | {}                | {}
          NaN      | nan       | -Infinity         | -inf
          """)
  void parametersAreShownLikeThis(String first, String shown, String second, String shownToo) {
    assertThat(PythonText.str(Json.value(first))).isEqualTo(shown);
    assertThat(PythonText.str(Json.value(second))).isEqualTo(shownToo);
  }
}
