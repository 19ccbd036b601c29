package io.dioptra.worker.image;

import java.util.ArrayList;
import java.util.List;
import org.apache.maven.artifact.Artifact;
import org.apache.maven.project.MavenProject;

/**
 * What a module consists of and depends on. Maven shows a plugin what that plugin asked for, and
 * Jib asks for what is on the worker's class path; the JVM tasks are not.
 */
record Dependencies(MavenProject module) {
  List<Artifact> all() {
    MavenProject everything = module.clone();
    everything.setArtifactFilter(artifact -> true);
    List<Artifact> all = new ArrayList<>(everything.getArtifacts());
    all.add(module.getArtifact());
    return all;
  }

  /** As maven-dependency-plugin names it where it lays out the worker. */
  static String fileName(Artifact artifact) {
    String classifier = artifact.hasClassifier() ? "-" + artifact.getClassifier() : "";
    return artifact.getArtifactId() + "-" + artifact.getBaseVersion() + classifier + ".jar";
  }
}
