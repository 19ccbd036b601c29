package io.dioptra.worker.differential;

import io.dioptra.worker.host.HostStartException;
import io.dioptra.worker.host.TaskHosts;
import io.dioptra.worker.testing.DioptraApiVersion;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Both of Dioptra's releases and our engine, asked the same. For one thread. */
final class Engines implements AutoCloseable {
  /**
   * A case with both answers.
   *
   * @param comparison what came out
   */
  record Outcome(Case asked, Answer theirs, Answer ours, Comparison comparison) {
    @Override
    public String toString() {
      return "%s%n%s%n--- Dioptra:%n  %s%n--- we:%n  %s"
          .formatted(comparison.difference().orElse("no difference"), asked, theirs, ours);
    }
  }

  private final Map<DioptraApiVersion, DioptraEngine> theirs =
      new EnumMap<>(DioptraApiVersion.class);
  private final OurEngine ours;

  Engines(TaskHosts hosts, Path folder)
      throws IOException, InterruptedException, HostStartException {
    for (DioptraApiVersion version : DioptraApiVersion.values()) {
      theirs.put(version, DioptraEngine.start(version, folder.resolve(version.environment())));
    }
    this.ours = new OurEngine(hosts, folder.resolve("ours"));
  }

  /** Asks all at once, so that the processes work beside each other. */
  List<Outcome> ask(List<Case> cases) throws IOException, InterruptedException, HostStartException {
    for (Case asked : cases) {
      of(asked).ask(asked);
    }
    List<Answer> own = new ArrayList<>();
    for (Case asked : cases) {
      own.add(ours.answer(asked));
    }
    List<Outcome> outcomes = new ArrayList<>();
    for (int index = 0; index < cases.size(); index++) {
      Case asked = cases.get(index);
      Answer answer = of(asked).answer();
      Answer our = own.get(index);
      outcomes.add(new Outcome(asked, answer, our, Comparison.of(asked, answer, our)));
    }
    return outcomes;
  }

  private DioptraEngine of(Case asked) {
    DioptraEngine engine = theirs.get(asked.version());
    if (engine == null) {
      throw new IllegalArgumentException(asked.version().toString());
    }
    return engine;
  }

  @Override
  public void close() throws IOException {
    ours.close();
    for (DioptraEngine engine : theirs.values()) {
      engine.close();
    }
  }
}
