package io.dioptra.worker.run;

import io.dioptra.worker.api.ArtifactEntry;
import io.dioptra.worker.api.DioptraApi;
import io.dioptra.worker.engine.SaveResult;
import io.dioptra.worker.job.FailureKind;
import io.dioptra.worker.job.JobOutcome.Failed;
import io.dioptra.worker.run.Crew.Errand;
import io.dioptra.worker.tracking.MlflowTracking;
import io.dioptra.worker.workspace.JobReach;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * The phase that stores and registers output artifacts. One that fails does not keep the others
 * from being stored; the first failure is the attempt's.
 */
final class Publication {
  private final DioptraApi api;
  private final MlflowTracking tracking;
  private final JobReach reach;
  private final Crew crew;

  Publication(DioptraApi api, MlflowTracking tracking, JobReach reach, Crew crew) {
    this.api = api;
    this.reach = reach;
    this.tracking = tracking;
    this.crew = crew;
  }

  /**
   * Stores all at the same time, then registers them in order. Returns the first failure. No job
   * code may run any more.
   */
  Optional<Failed> publish(Iterable<SaveResult> results, TrackedRun run, Material material)
      throws Exception {
    SequencedMap<SaveResult.Saved, Errand<String>> uploads = new LinkedHashMap<>();
    Optional<Failed> first = Optional.empty();
    for (SaveResult result : results) {
      Optional<Failed> failure =
          switch (result) {
            case SaveResult.Saved saved -> {
              uploads.put(saved, crew.send(() -> store(saved, run)));
              yield Optional.empty();
            }
            case SaveResult.Failed(String name, var why) ->
                Optional.of(Failures.of(why, "artifact \"" + name + "\""));
            case SaveResult.Stuck(String name, String message) ->
                Optional.of(
                    new Failed(FailureKind.INPUT, "In artifact \"" + name + "\": " + message));
          };
      first = first.or(() -> failure);
    }
    if (!uploads.isEmpty()) {
      run.awaitAnnounced();
    }
    for (Map.Entry<SaveResult.Saved, Errand<String>> upload : uploads.sequencedEntrySet()) {
      Optional<Failed> failure = register(upload.getKey(), upload.getValue(), material);
      first = first.or(() -> failure);
    }
    return first;
  }

  private String store(SaveResult.Saved saved, TrackedRun run) throws Exception {
    reach.check(saved.path());
    return tracking.logArtifact(run.run(), saved.path(), saved.name());
  }

  private Optional<Failed> register(
      SaveResult.Saved saved, Errand<String> upload, Material material)
      throws InterruptedException {
    try {
      Material.Writer writer = material.writers().get(saved.task());
      if (writer == null) {
        return Optional.of(
            new Failed(FailureKind.INPUT, "No artifact plugin has a task " + saved.task()));
      }
      long job = material.job().id().value();
      api.registerArtifact(
          new ArtifactEntry(
              material.job().groupId(),
              material.job().id(),
              upload.result(),
              writer.pluginSnapshotId(),
              writer.taskId(),
              "Artifact, %s, generated and stored as part of job, %d"
                  .formatted(saved.name(), job)));
      return Optional.empty();
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception e) {
      Failed failure = Failures.of(e);
      return Optional.of(
          new Failed(failure.kind(), "In artifact \"" + saved.name() + "\": " + failure.message()));
    }
  }
}
