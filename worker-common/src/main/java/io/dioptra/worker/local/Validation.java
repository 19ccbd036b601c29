package io.dioptra.worker.local;

import io.dioptra.worker.engine.Checked;
import io.dioptra.worker.engine.GraphCheck;
import io.dioptra.worker.engine.Issue;
import io.dioptra.worker.engine.SwapChoices;
import io.dioptra.worker.engine.TaskGraph;
import io.dioptra.worker.task.Value;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;

/** Checks subjects as Dioptra does: the API before it stores one, and the worker before a run. */
public final class Validation {
  private final GraphCheck check = new GraphCheck();

  /** A graph that can run, if it can, and what was found. */
  public record Verdict(Optional<TaskGraph> graph, List<Finding> findings) {
    public Verdict {
      findings = List.copyOf(findings);
    }
  }

  /**
   * All that is wrong with any selection of choices that Dioptra would look at.
   *
   * @param artifactTasks by class the property schemas of its arguments
   */
  public List<Finding> findings(Subject subject, SequencedMap<String, Value> artifactTasks) {
    SwapChoices swaps = new SwapChoices(subject.configuration());
    Set<Issue> issues = new LinkedHashSet<>();
    for (var selection : swaps.selections()) {
      switch (check.check(swaps.choose(selection), artifactTasks)) {
        case Checked.Valid(_, var warnings) -> issues.addAll(warnings);
        case Checked.Invalid(var found, _) -> issues.addAll(found);
      }
    }
    if (issues.stream().noneMatch(it -> it.type() == Issue.Type.SCHEMA)) {
      boolean cycle = issues.stream().anyMatch(Validation::isCycle);
      swaps.check().stream().filter(it -> !cycle || !isCycle(it)).forEach(issues::add);
    }
    return told(subject, issues);
  }

  /** What is found with one selection, which has to name a choice of each swap. */
  public Verdict verdict(
      Subject subject, Map<String, String> selection, SequencedMap<String, Value> artifactTasks) {
    Value.Members chosen = new SwapChoices(subject.configuration()).choose(selection);
    return switch (check.check(chosen, artifactTasks)) {
      case Checked.Valid(TaskGraph graph, var warnings) ->
          new Verdict(Optional.of(graph).filter(_ -> subject.isUsable()), told(subject, warnings));
      case Checked.Invalid(var found, _) -> new Verdict(Optional.empty(), told(subject, found));
    };
  }

  private static boolean isCycle(Issue issue) {
    return issue.message().startsWith("Step cycle detected: ");
  }

  private static List<Finding> told(Subject subject, Iterable<Issue> issues) {
    List<Finding> findings = new ArrayList<>(subject.findings());
    for (Issue issue : issues) {
      findings.add(Finding.of(issue, subject.spots().find(issue.place().path())));
    }
    return findings.stream().distinct().toList();
  }
}
