package io.dioptra.worker.run;

import io.dioptra.worker.api.ArtifactPlugin;
import io.dioptra.worker.api.DioptraApi;
import io.dioptra.worker.api.InputArtifact;
import io.dioptra.worker.api.JobRecord;
import io.dioptra.worker.job.JobId;
import io.dioptra.worker.run.Crew.Errand;
import io.dioptra.worker.task.Value;
import io.dioptra.worker.workspace.Archive;
import io.dioptra.worker.workspace.Workspace;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/** The phase that brings a job's description, code and input artifacts, all at the same time. */
final class Gathering {
  /** What the plugins of one job may take, unpacked: bytes and files. */
  static final Archive PLUGINS = new Archive(1L << 30, 50_000);

  private final DioptraApi api;
  private final Workspace workspace;
  private final Crew crew;

  Gathering(DioptraApi api, Workspace workspace, Crew crew) {
    this.api = api;
    this.workspace = workspace;
    this.crew = crew;
  }

  Material gather(JobId id) throws Exception {
    Errand<SequencedMap<String, Value>> parameters = crew.send(() -> api.parameters(id));
    Errand<Optional<Value.Members>> rendered = crew.send(() -> api.renderedConfiguration(id));
    Errand<List<InputArtifact>> inputs = crew.send(() -> inputs(id));
    JobRecord job = api.job(id);
    Errand<List<ArtifactPlugin>> artifactPlugins = crew.send(() -> api.artifactPlugins(job));
    Errand<Path> taskCode = crew.send(() -> taskCode(job));
    Errand<Path> artifactCode = crew.send(() -> artifactCode(job));
    Optional<Value.Members> known = rendered.result();
    Value.Members configuration =
        known.isPresent() ? known.get() : api.entrypointConfiguration(job);
    var _ = taskCode.result();
    var _ = artifactCode.result();
    return new Material(
        job, configuration, parameters.result(), inputs.result(), artifactPlugins.result());
  }

  private Path taskCode(JobRecord job) throws Exception {
    Path bundle = api.pluginsBundle(job, workspace.download("plugins.tar.gz"));
    PLUGINS.unpack(bundle, workspace.plugins());
    return bundle;
  }

  private Path artifactCode(JobRecord job) throws Exception {
    Path bundle = api.artifactPluginsBundle(job, workspace.download("serialize.tar.gz"));
    PLUGINS.unpack(bundle, workspace.serialize());
    return bundle;
  }

  private List<InputArtifact> inputs(JobId id) throws Exception {
    List<InputArtifact> inputs = api.inputArtifacts(id);
    new InputFiles(api, workspace, crew).bring(inputs);
    return inputs;
  }
}
