package io.dioptra.worker.engine;

import java.util.ArrayList;
import java.util.List;

/** What a check has found. So many are kept: a document can have a million things wrong. */
final class IssueList {
  private static final int MOST = 1000;

  private final List<Issue> issues = new ArrayList<>();
  private boolean more;

  void add(Issue issue) {
    if (issues.size() < MOST) {
      issues.add(issue);
    } else if (!more) {
      more = true;
      issues.add(
          new Issue(
              issue.type(),
              issue.severity(),
              "There are more issues like these %d.".formatted(MOST),
              issue.place()));
    }
  }

  boolean isEmpty() {
    return issues.isEmpty();
  }

  List<Issue> all() {
    return List.copyOf(issues);
  }
}
