package io.dioptra.worker.differential;

import static org.assertj.core.api.Assertions.assertThat;

import io.dioptra.worker.testing.Checkout;
import io.dioptra.worker.testing.DioptraApiVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The comparison finds what differs: without this, that it finds nothing would mean nothing. */
class ComparisonTest {
  private static final Answer RUN =
      new Answer(
          List.of(),
          List.of("semantic.warning: In definition of type \"u\": duplicate member types"),
          Optional.empty(),
          List.of("a", "b"),
          List.of(
              "INFO dioptra.task_engine.task_engine: Running step: a",
              "INFO recorder: pair called with (1) {}",
              "INFO dioptra.task_engine.task_engine: Running step: b",
              "INFO recorder: Plain writes 'o': 1 {}"),
          Optional.of(new Answer.Told("ValueError", "no")));

  @Test
  void equalAnswersDoNotDiffer() {
    assertThat(compared(RUN, RUN)).isEmpty();
  }

  @Test
  void aVerdictThatDiffersIsFound() {
    Answer invalid = Answer.invalid(List.of("semantic.error: x"));
    assertThat(compared(RUN, invalid)).get().asString().startsWith("issues");
    assertThat(compared(invalid, RUN)).get().asString().startsWith("issues");
  }

  @Test
  void anIssueThatIsMissingOrMoreOrOtherIsFound() {
    Answer two = Answer.invalid(List.of("semantic.error: x", "semantic.error: y"));
    assertThat(compared(two, Answer.invalid(List.of("semantic.error: x")))).isPresent();
    assertThat(compared(Answer.invalid(List.of("semantic.error: x")), two)).isPresent();
    assertThat(compared(two, Answer.invalid(List.of("semantic.error: x", "type.error: y"))))
        .isPresent();
    assertThat(compared(two, Answer.invalid(List.of("semantic.error: y", "semantic.error: x"))))
        .isEmpty();
  }

  @Test
  void namesOfASetMayHaveAnotherOrderAndNoOtherNames() {
    String names = "semantic.error: Some parameters and steps have the same name: %s";
    assertThat(compared(invalid(names.formatted("a, b")), invalid(names.formatted("b, a"))))
        .isEmpty();
    assertThat(compared(invalid(names.formatted("a, b")), invalid(names.formatted("b, c"))))
        .isPresent();
    String union = "type.error: in step \"s\": in x: Found u: UNION[%s]; expected string";
    assertThat(
            compared(
                invalid(union.formatted("a, <anon>: LIST[b]")),
                invalid(union.formatted("<anon>: LIST[b], a"))))
        .isEmpty();
    assertThat(compared(invalid(union.formatted("a, b")), invalid(union.formatted("a"))))
        .isPresent();
  }

  @Test
  void aTextThatIsCutHidesNoOtherIssue() {
    Answer whole = Answer.invalid(List.of("type.error: " + "x".repeat(3000), "type.error: y"));
    String cut = "type.error: " + "x".repeat(2000) + "…";
    assertThat(compared(whole, Answer.invalid(List.of(cut, "type.error: y")))).isEmpty();
    assertThat(compared(whole, Answer.invalid(List.of(cut, "type.error: z")))).isPresent();
    assertThat(compared(whole, Answer.invalid(List.of(cut)))).isPresent();
  }

  @Test
  void aSchemaThatIsBrokenForOneOnlyOrElsewhereIsFound() {
    Answer step = invalid("schema.error: In step \"s\": {} is too short");
    assertThat(compared(step, invalid("schema.error: In step \"s\" dependencies: in other words")))
        .isEmpty();
    assertThat(compared(step, invalid("schema.error: In step \"t\": x"))).isPresent();
    assertThat(compared(step, invalid("semantic.error: In step \"s\": x"))).isPresent();
    assertThat(compared(step, RUN)).isPresent();
    assertThat(compared(RUN, step)).isPresent();
  }

  @Test
  void anExceptionOfTheValidationIsExpectedAsAnIssue() {
    Answer refused = refused("NonSimpleSuperTypeError", "Super-types must be simple: x");
    assertThat(compared(refused, invalid("type.error: Super-types must be simple: x"))).isEmpty();
    assertThat(compared(refused, invalid("type.error: Super-types must be simple: y"))).isPresent();
    assertThat(compared(refused, RUN)).isPresent();
    Answer swap = refused("ValueError", "Swap 'a' requires exactly one selected choice.");
    assertThat(
            compared(
                swap, invalid("semantic.error: Swap 'a' requires exactly one selected choice.")))
        .isEmpty();
    assertThat(compared(swap, invalid("semantic.error: Swap 'b' requires exactly one.")))
        .isPresent();
    assertThat(compared(refused("KeyError", "'s'"), RUN)).isPresent();
    assertThat(compared(refused("KeyError", "'task_plugin_output'"), RUN)).isPresent();
    assertThat(compared(refused("AttributeError", "no values"), RUN)).isPresent();
  }

  @Test
  void aRunThatDiffersIsFound() {
    assertThat(compared(RUN, with(List.of("b", "a"), RUN.log(), RUN.error())))
        .get()
        .asString()
        .startsWith("run order");
    List<String> otherArgument =
        List.of(RUN.log().get(0), RUN.log().get(1).replace("1", "2"), RUN.log().get(2));
    assertThat(compared(RUN, with(RUN.order(), otherArgument, RUN.error())))
        .get()
        .asString()
        .startsWith("lines of the run");
    assertThat(compared(RUN, with(RUN.order(), RUN.log().subList(0, 3), RUN.error()))).isPresent();
    assertThat(compared(RUN, with(RUN.order(), RUN.log(), Optional.empty()))).isPresent();
    assertThat(compared(RUN, with(RUN.order(), RUN.log(), told("ValueError", "yes")))).isPresent();
    assertThat(compared(RUN, with(RUN.order(), RUN.log(), told("KeyError", "no")))).isPresent();
    assertThat(compared(RUN, with(RUN.order(), RUN.log(), told("", "no")))).isEmpty();
  }

  @Test
  void onlyArtifactsMayBeWrittenAfterTheFailure() {
    List<String> more = new ArrayList<>(RUN.log());
    more.add("INFO recorder: Plain writes 'p': 2 {}");
    assertThat(compared(RUN, with(RUN.order(), more, RUN.error()))).isEmpty();
    more.add("INFO recorder: pair called with () {}");
    assertThat(compared(RUN, with(RUN.order(), more, RUN.error()))).isPresent();
    assertThat(
            compared(
                with(List.of("a", "b", "c"), RUN.log(), RUN.error()),
                with(List.of("a", "b", "c"), more.subList(0, 5), RUN.error())))
        .isPresent();
    assertThat(
            compared(
                with(RUN.order(), RUN.log(), Optional.empty()),
                with(RUN.order(), more.subList(0, 5), Optional.empty())))
        .isPresent();
  }

  @Test
  void everyKnownDifferenceIsDocumented() throws IOException {
    List<String> documented = Files.readAllLines(Checkout.find().resolve("docs/differences.md"));
    assertThat(KnownDifference.values())
        .allSatisfy(
            known -> assertThat(documented).anyMatch(line -> line.startsWith("| " + known.line())));
  }

  @Test
  void oneCaseIsTheSameEachTime() {
    Cases cases = new Cases(7);
    for (int number = 0; number < 50; number++) {
      assertThat(cases.get(number).line()).isEqualTo(new Cases(7).get(number).line());
      assertThat(cases.get(number).line()).isNotEqualTo(new Cases(8).get(number).line());
    }
  }

  private static Answer invalid(String issue) {
    return Answer.invalid(List.of(issue));
  }

  private static Answer refused(String type, String message) {
    return new Answer(
        List.of(), List.of(), told(type, message), List.of(), List.of(), Optional.empty());
  }

  private static Optional<Answer.Told> told(String type, String message) {
    return Optional.of(new Answer.Told(type, message));
  }

  private static Answer with(List<String> order, List<String> log, Optional<Answer.Told> error) {
    return new Answer(RUN.schema(), RUN.issues(), RUN.refused(), order, log, error);
  }

  private static Optional<String> compared(Answer theirs, Answer ours) {
    ObjectNode configuration =
        (ObjectNode) JsonMapper.builder().build().readTree("{\"graph\": {\"s\": {\"t\": 1}}}");
    Case asked =
        new Case(
            "a case",
            DioptraApiVersion.V1_2,
            0,
            configuration,
            Trees.NODES.objectNode(),
            List.of());
    return Comparison.of(asked, theirs, ours).difference();
  }
}
