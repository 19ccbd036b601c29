package io.dioptra.worker.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.Architectures;
import java.util.List;
import java.util.Set;

/**
 * What imports, threads and the environment may do; {@code root} is the package the rules are for.
 */
record ArchitectureRules(String root) {
  private static final List<Set<String>> LAYERS =
      List.of(
          Set.of("job", "task", "config", "retry"),
          Set.of("network", "frame"),
          Set.of("queue", "api", "tracking", "workspace", "host", "telemetry", "gpu", "source"),
          Set.of("report", "relay", "engine"),
          Set.of("run", "doctor", "local"),
          Set.of("app", "jvm"));

  /** A package imports lower layers only, and no sibling. */
  ArchRule layers() {
    Architectures.LayeredArchitecture rule =
        Architectures.layeredArchitecture().consideringOnlyDependenciesInAnyPackage(root + "..");
    for (Set<String> layer : LAYERS) {
      for (String name : layer) {
        rule = rule.optionalLayer(name).definedBy(root + "." + name + "..");
      }
    }
    for (int depth = 0; depth < LAYERS.size(); depth++) {
      String[] above =
          LAYERS.subList(depth + 1, LAYERS.size()).stream()
              .flatMap(Set::stream)
              .toArray(String[]::new);
      for (String name : LAYERS.get(depth)) {
        rule =
            above.length == 0
                ? rule.whereLayer(name).mayNotBeAccessedByAnyLayer()
                : rule.whereLayer(name).mayOnlyBeAccessedByLayers(above);
      }
    }
    return rule;
  }

  /** JVM tasks and their host are a program of their own: the worker loads none of it. */
  ArchRule jvmTasksStandApart() {
    return noClasses()
        .that()
        .resideInAPackage(root + ".jvm..")
        .should()
        .dependOnClassesThat(
            resideInAPackage(root + "..")
                .and(not(resideInAnyPackage(root + ".jvm..", root + ".frame.."))));
  }

  /** What a jar of tasks is compiled against names no framework and no library. */
  ArchRule theTaskApiKnowsOnlyTheJdk() {
    return noClasses()
        .that()
        .resideInAPackage(root + ".jvm")
        .should()
        .dependOnClassesThat()
        .resideOutsideOfPackages(
            root + ".jvm", root + ".jvm.kernel", "java..", "org.jspecify..", "");
  }

  ArchRule noCycles() {
    return slices().matching(root + ".(*)..").should().beFreeOfCycles();
  }

  /** Layer 0 is values and ports: nothing but the JDK and the marks for null. */
  ArchRule leavesKnowOnlyTheJdk() {
    return noClasses()
        .that()
        .resideInAnyPackage(
            LAYERS.getFirst().stream().map(it -> root + "." + it).toArray(String[]::new))
        .should()
        .dependOnClassesThat()
        .resideOutsideOfPackages(root + "..", "java..", "org.jspecify..", "");
  }

  /** Only a main method reads the environment; everybody else is given a map. */
  ArchRule onlyMainReadsTheEnvironment() {
    return noClasses()
        .that()
        .haveSimpleNameNotEndingWith("Main")
        .should()
        .callMethodWhere(calls("java.lang.System", Set.of("getenv")));
  }

  /** A thread has a name and an owner: built by name, never by a pool's factory or by new. */
  ArchRule threadsAreNamed() {
    return noClasses()
        .should()
        .callConstructor(Thread.class, Runnable.class)
        .orShould()
        .callMethodWhere(calls("java.lang.Thread", Set.of("startVirtualThread")))
        .orShould()
        .callMethodWhere(
            calls(
                "java.util.concurrent.Executors",
                Set.of("newVirtualThreadPerTaskExecutor", "newCachedThreadPool")));
  }

  /** Waiting for a change uses its signal. */
  ArchRule noSleeping() {
    return noClasses().should().callMethodWhere(calls("java.lang.Thread", Set.of("sleep")));
  }

  private static DescribedPredicate<JavaCall<?>> calls(String owner, Set<String> methods) {
    return DescribedPredicate.describe(
        "call " + owner + "." + methods,
        call -> {
          JavaClass target = call.getTargetOwner();
          return target.getName().equals(owner) && methods.contains(call.getTarget().getName());
        });
  }
}
