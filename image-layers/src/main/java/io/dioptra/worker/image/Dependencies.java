package io.dioptra.worker.image;

import java.util.ArrayList;
import java.util.List;
import org.apache.maven.artifact.Artifact;
import org.apache.maven.project.MavenProject;

/**
 * What the module of an image consists of and depends on. Maven shows a plugin what that plugin
 * asked for, and Jib asks for what is on the worker's class path; the JVM tasks are not.
 */
record Dependencies(Build build) {
  List<Artifact> all() {
    MavenProject everything = build.project().clone();
    everything.setArtifactFilter(artifact -> true);
    List<Artifact> all = new ArrayList<>(everything.getArtifacts());
    all.add(build.project().getArtifact());
    return all;
  }
}
