package io.dioptra.worker.image;

import com.google.cloud.tools.jib.api.buildplan.ContainerBuildPlan;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the labels of an image say about where it came from, beside those that stand in the pom and
 * are the same for each build.
 */
record Labels(Build build, BaseImage base, Map<String, String> choices) {
  static final String OCI = "org.opencontainers.image.";

  private static final String OURS = "io.dioptra.worker.";

  void addTo(ContainerBuildPlan.Builder plan, Instant created) throws IOException {
    Map<String, String> labels = new TreeMap<>(base.labels());
    labels.put(OCI + "created", created.toString());
    String source = build.properties().getProperty("image.source", "");
    if (!source.isEmpty()) {
      labels.put(OCI + "source", source);
      labels.put(OCI + "url", source);
    }
    SourceRevision.of(build.checkout())
        .ifPresent(revision -> labels.put(OCI + "revision", revision));
    choices.forEach((name, value) -> labels.put(OURS + name, value));
    labels.forEach(plan::addLabel);
  }
}
