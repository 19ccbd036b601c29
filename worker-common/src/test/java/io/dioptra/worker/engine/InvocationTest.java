package io.dioptra.worker.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.dioptra.worker.task.PythonText;
import io.dioptra.worker.task.Value;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InvocationTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {t: null}                                         | [None]     | {}
          {t: 5}                                            | [5]        | {}
          {t: []}                                           | []         | {}
          {t: {}}                                           | []         | {}
          {t: [{a: 1}]}                                     | [{"a": 1}] | {}
          {t: {a: 1}, dependencies: ["x"]}                  | []         | {"a": 1}
          {dependencies: "x", t: [1, 2]}                    | [1, 2]     | {}
          {task: "t"}                                       | []         | {}
          {task: "t", args: 1, kwargs: {k: 2}}              | [1]        | {"k": 2}
          {task: "t", args: null}                           | [None]     | {}
          {kwargs: {k: 2}, task: "t", dependencies: "x"}    | []         | {"k": 2}
          """)
  void theFormsOfAStepGiveArguments(String step, String args, String kwargs) {
    Invocation invocation = Invocation.of(Json.map(step), Place.ROOT);
    assertThat(invocation.task()).isEqualTo("t");
    assertThat(PythonText.repr(new Value.Items(invocation.args())).replace('\'', '"'))
        .isEqualTo(args);
    assertThat(PythonText.repr(new Value.Members(invocation.kwargs())).replace('\'', '"'))
        .isEqualTo(kwargs);
  }
}
