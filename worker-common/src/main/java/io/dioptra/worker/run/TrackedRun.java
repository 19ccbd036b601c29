package io.dioptra.worker.run;

import io.dioptra.worker.api.DioptraApi;
import io.dioptra.worker.job.JobId;
import io.dioptra.worker.run.Crew.Errand;
import io.dioptra.worker.task.JsonText;
import io.dioptra.worker.task.PythonText;
import io.dioptra.worker.task.Value;
import io.dioptra.worker.tracking.MlflowRun;
import io.dioptra.worker.tracking.MlflowTracking;
import io.dioptra.worker.tracking.RunStatus;
import io.dioptra.worker.tracking.TrackingException;
import io.dioptra.worker.workspace.YamlText;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * The MLflow run of one attempt. What is recorded of the job goes out beside its steps and has to
 * be there before its end. Used by one thread at a time.
 */
final class TrackedRun {
  private static final Duration LAST_RECORDS = Duration.ofSeconds(10);

  private final MlflowTracking tracking;
  private final MlflowRun run;
  private final InstantSource clock;
  private final List<Errand<?>> underWay = new ArrayList<>();
  private Optional<Errand<?>> announcement = Optional.empty();

  private TrackedRun(MlflowTracking tracking, MlflowRun run, InstantSource clock) {
    this.tracking = tracking;
    this.run = run;
    this.clock = clock;
  }

  static TrackedRun create(MlflowTracking tracking, JobId job, InstantSource clock)
      throws TrackingException, InterruptedException {
    Map<String, String> tags = Map.of("dioptra.jobId", job.toString());
    return new TrackedRun(
        tracking, tracking.createRun(clock.instant(), "dioptra-worker-v1", tags), clock);
  }

  MlflowRun run() {
    return run;
  }

  /** Tells Dioptra which run is the job's; does not wait. */
  void announce(DioptraApi api, JobId job, Crew crew) {
    Errand<?> announced =
        crew.send(
            () -> {
              api.setMlflowRun(job, run.id());
              return run;
            });
    announcement = Optional.of(announced);
    underWay.add(announced);
  }

  /** Tells MLflow what the job is; does not wait. */
  void record(Material material, Crew crew) {
    String name = material.configurationName();
    String configuration = text(name, material.configuration());
    underWay.add(crew.send(() -> tracking.logText(run, name, configuration)));
    if (!material.parameters().isEmpty()) {
      underWay.add(
          crew.send(
              () -> {
                tracking.logParams(run, texts(material.parameters()));
                return run;
              }));
    }
  }

  /** Tells MLflow what the job has used; does not wait. */
  void recordUsage(JobUsage usage, Crew crew) {
    underWay.add(
        crew.send(
            () -> {
              tracking.logMetrics(run, usage.metrics(), clock.instant());
              return run;
            }));
  }

  /** Waits until Dioptra knows the run; it takes no artifact of the job before. */
  void awaitAnnounced() throws Exception {
    if (announcement.isPresent()) {
      var _ = announcement.get().result();
    }
  }

  /** Waits until all that was to be recorded has been. */
  void awaitRecorded() throws Exception {
    for (Errand<?> errand : underWay) {
      var _ = errand.result();
    }
  }

  /**
   * Ends the run, beside what is still being recorded: MLflow takes that also of a run that has
   * ended. Waits for both.
   */
  void end(RunStatus status) throws TrackingException, InterruptedException {
    tracking.endRun(run, status, clock.instant());
    for (Errand<?> errand : underWay) {
      errand.awaitEnd(LAST_RECORDS);
    }
  }

  private static String text(String name, Value.Members configuration) {
    boolean yaml = name.endsWith(".yml") || name.endsWith(".yaml");
    return yaml ? YamlText.of(configuration) : JsonText.of(configuration);
  }

  private static SequencedMap<String, String> texts(SequencedMap<String, Value> parameters) {
    SequencedMap<String, String> texts = new LinkedHashMap<>();
    parameters.forEach((name, value) -> texts.put(name, PythonText.str(value)));
    return texts;
  }
}
