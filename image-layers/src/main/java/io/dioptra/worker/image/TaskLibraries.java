package io.dioptra.worker.image;

import io.dioptra.worker.image.Libraries.Use;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.maven.artifact.Artifact;
import org.apache.maven.project.MavenProject;

/**
 * What the JVM tasks that come with a worker need: for each of their modules a layer of its own, so
 * that images with the same module share it. A jar that two modules need is in both layers.
 */
record TaskLibraries(Build build) {
  private static final String PREFIX = "jvm-";

  List<LayerFolder> make() throws IOException, BuildFailure {
    Libraries libraries = new Libraries(build, Use.TASKS);
    List<Path> jars = libraries.foreign();
    Set<Path> unknown = new TreeSet<>(jars);
    List<LayerFolder> layers = new ArrayList<>();
    for (MavenProject module : modules()) {
      Set<String> names = names(module);
      List<Path> needed =
          jars.stream().filter(jar -> names.contains(jar.getFileName().toString())).toList();
      needed.forEach(unknown::remove);
      if (!needed.isEmpty()) {
        layers.add(libraries.make(module.getArtifactId(), needed));
      }
    }
    if (!unknown.isEmpty()) {
      throw new BuildFailure(
          "No module of JVM tasks needs " + unknown + ", perhaps an earlier build did: mvn clean");
    }
    return layers;
  }

  /** The modules of JVM tasks that the image's module names, in its order. */
  private List<MavenProject> modules() throws BuildFailure {
    List<MavenProject> modules = new ArrayList<>();
    for (Artifact artifact : new Dependencies(build.project()).all()) {
      if (artifact.getGroupId().equals(build.project().getGroupId())
          && artifact.getArtifactId().startsWith(PREFIX)) {
        modules.add(build.module(artifact.getArtifactId()));
      }
    }
    return modules;
  }

  private static Set<String> names(MavenProject module) {
    return new Dependencies(module)
        .all().stream().map(Dependencies::fileName).collect(Collectors.toSet());
  }
}
