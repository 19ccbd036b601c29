package io.dioptra.worker.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.dioptra.worker.task.Value;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each within two seconds of processor time, so that load does not matter. */
class HostileConfigurationTest {
  private static final int MANY = 10_000;

  private long begin;

  @BeforeEach
  void begin() {
    begin = processorTime();
  }

  @AfterEach
  void itTookLessThanTwoSeconds() {
    assertThat(processorTime() - begin).isLessThan(Duration.ofSeconds(2).toNanos());
  }

  @Test
  void aCycleOfTenThousandStepsIsTold() {
    assertThat(Configurations.valid().with("graph", chain("s" + (MANY - 1))).issues())
        .singleElement()
        .asString()
        .startsWith("semantic.error: Step cycle detected: s0 > s1 > s2 > ")
        .endsWith(" > s9999 > s0");
  }

  @Test
  void aChainOfTenThousandStepsIsOrdered() {
    assertThat(
            Configurations.valid()
                .with("graph", chain("p"))
                .with("parameters", "{p: 1}")
                .graph()
                .steps())
        .hasSize(MANY)
        .startsWith("s0", "s1")
        .endsWith("s9999");
  }

  @Test
  void tenThousandLevelsAreRefusedWhereverTheyAre() {
    Value deep = nested(MANY);
    refuses("graph", member("s", member("one", deep)), "In graph section: nested deeper than 500");
    refuses("parameters", member("p", deep), "In global parameters section: nested deeper than");
    refuses("types", member("t", deep), "In types section: nested deeper than 100 levels");
    refuses("other", deep, "In experiment description location /other: nested deeper than");
  }

  @Test
  void whatIsJustAllowedDoesNotEndTheThread() throws InterruptedException {
    Value.Members types = member("t", typeOf(97));
    Configurations configuration =
        Configurations.withGraph("{s: {one: '$p'}}")
            .with("types", types)
            .with("parameters", member("p", nested(498)));
    List<List<String>> issues = new ArrayList<>();
    Thread thread = Thread.ofVirtual().start(() -> issues.add(configuration.issues()));
    thread.join();
    assertThat(issues).containsExactly(List.of());
  }

  @Test
  void typesThatDoubleAreComparedAndShownInALineOfBoundedLength() {
    SequencedMap<String, Value> types = new LinkedHashMap<>();
    types.put("t0", new Value.Null());
    for (int level = 1; level <= 60; level++) {
      types.put("t" + level, Json.value("{tuple: ['t%d', 't%d']}".formatted(level - 1, level - 1)));
    }
    List<String> issues =
        Configurations.withGraph("{s: {two: ['$p']}}")
            .with("types", new Value.Members(types))
            .with("parameters", "{p: {type: 't60'}}")
            .issues();
    assertThat(issues)
        .singleElement()
        .asString()
        .contains("Found t60: TUPLE[")
        .hasSizeLessThan(3000);
  }

  @Test
  void aLargeParameterThatIsUsedTenThousandTimesIsLookedAtOnce() {
    Value large = new Value.Items(Collections.nCopies(MANY, Json.value("[[1]]")));
    Value uses = new Value.Items(Collections.nCopies(MANY, new Value.Text("$p")));
    Configurations.valid()
        .with("types", "{l: {list: {list: {list: {list: 'integer'}}}}}")
        .with("parameters", member("p", large))
        .with("tasks", "{t: {plugin: 'a.b', inputs: [{v: 'l'}]}}")
        .with("graph", member("s", member("t", Value.items(uses))))
        .isValid();
  }

  @Test
  void ofManyIssuesOfOneKindAThousandAreTold() {
    List<Value> wrong = Collections.nCopies(1500, new Value.Text("$nowhere"));
    assertThat(
            Configurations.valid()
                .with("graph", member("s", member("one", Value.items(new Value.Items(wrong)))))
                .issues())
        .hasSize(1001)
        .endsWith("semantic.error: There are more issues like these 1000.");
  }

  @Test
  void aNameThatIsTooLongIsToldOnceAndWithItsBegin() {
    String name = "n".repeat(1001);
    assertThat(Configurations.valid().with("graph", member(name, member(name, given()))).issues())
        .containsExactly(
            "schema.error: In graph section: a name of 1001 characters, the most are 1000: '%s'…"
                .formatted("n".repeat(30)));
    Configurations.valid()
        .with("graph", member("n".repeat(1000), member("one", given())))
        .isValid();
  }

  private static Value given() {
    return Value.items(Value.Int.of(1));
  }

  private static long processorTime() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static void refuses(String section, Value value, String message) {
    assertThat(Configurations.valid().with(section, value).issues())
        .singleElement()
        .asString()
        .contains(message);
  }

  /** Each step needs the one before; the first needs {@code first}. */
  private static Value chain(String first) {
    SequencedMap<String, Value> graph = new LinkedHashMap<>();
    String before = first;
    for (int step = 0; step < MANY; step++) {
      graph.put("s" + step, member("one", new Value.Text("$" + before)));
      before = "s" + step;
    }
    return new Value.Members(graph);
  }

  private static Value nested(int levels) {
    Value value = Value.Int.of(1);
    for (int level = 0; level < levels; level++) {
      value = Value.items(value);
    }
    return value;
  }

  private static Value typeOf(int levels) {
    Value type = new Value.Text("integer");
    for (int level = 0; level < levels; level++) {
      type = member("list", type);
    }
    return type;
  }

  private static Value.Members member(String name, Value value) {
    SequencedMap<String, Value> members = new LinkedHashMap<>();
    members.put(name, value);
    return new Value.Members(members);
  }
}
