package io.dioptra.worker.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.nio.file.Path;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ArchitectureTest {
  private static final String WORKER = "io.dioptra.worker";
  private static final String BROKEN = WORKER + ".architecture.broken";
  private static final JavaClasses OURS =
      new ClassFileImporter().importPath(Path.of("target", "classes"));
  private static final JavaClasses FIXTURES = new ClassFileImporter().importPackages(BROKEN);

  static Stream<Arguments> rules() {
    return Stream.of(
        rule("layers", ArchitectureRules::layers, "UsesASibling"),
        rule("cycles", ArchitectureRules::noCycles, "UsesTheSiblingBack"),
        rule("JVM tasks", ArchitectureRules::jvmTasksStandApart, "UsesTheWorker"),
        rule("task API", ArchitectureRules::theTaskApiKnowsOnlyTheJdk, "TaskWithALibrary"),
        rule("leaves", ArchitectureRules::leavesKnowOnlyTheJdk, "LeafWithALibrary"),
        rule("environment", ArchitectureRules::onlyMainReadsTheEnvironment, "ReadsTheEnvironment"),
        rule("threads", ArchitectureRules::threadsAreNamed, "StartsANamelessThread"),
        rule("sleeping", ArchitectureRules::noSleeping, "SleepsAndLooks"));
  }

  @ParameterizedTest
  @MethodSource("rules")
  void theWorkerKeepsTheRule(Function<ArchitectureRules, ArchRule> rule, String fixture) {
    assertThat(OURS)
        .as("classes looked at, besides the fixture %s", fixture)
        .hasSizeGreaterThan(50);
    rule.apply(new ArchitectureRules(WORKER)).check(OURS);
  }

  @ParameterizedTest
  @MethodSource("rules")
  void theRuleNoticesWhatBreaksIt(Function<ArchitectureRules, ArchRule> rule, String fixture) {
    assertThatThrownBy(() -> rule.apply(new ArchitectureRules(BROKEN)).check(FIXTURES))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining(fixture);
  }

  private static Arguments rule(
      String name, Function<ArchitectureRules, ArchRule> rule, String fixture) {
    return Arguments.of(Named.of(name, rule), fixture);
  }
}
