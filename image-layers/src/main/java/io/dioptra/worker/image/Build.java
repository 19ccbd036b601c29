package io.dioptra.worker.image;

import com.google.cloud.tools.jib.maven.extension.MavenData;
import com.google.cloud.tools.jib.plugins.extension.ExtensionLogger;
import com.google.cloud.tools.jib.plugins.extension.ExtensionLogger.LogLevel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.apache.maven.project.MavenProject;

/**
 * Where this build happens: the checkout, the module whose image is made, Maven's local repository,
 * and the cache of finished layers.
 */
record Build(
    Path checkout,
    MavenProject project,
    List<MavenProject> reactor,
    Path repository,
    Path cache,
    Properties properties,
    ExtensionLogger log) {
  static Build of(MavenData maven, ExtensionLogger log) {
    Path checkout = maven.getMavenSession().getRequest().getMultiModuleProjectDirectory().toPath();
    Path cache =
        Optional.ofNullable(System.getenv("DIOPTRA_WORKER_CACHE"))
            .map(checkout::resolve)
            .orElseGet(() -> Path.of(System.getProperty("user.home"), ".cache", "dioptra-worker"));
    Properties properties = new Properties();
    properties.putAll(maven.getMavenProject().getProperties());
    properties.putAll(maven.getMavenSession().getUserProperties());
    return new Build(
        checkout,
        maven.getMavenProject(),
        maven.getMavenSession().getProjects(),
        Path.of(maven.getMavenSession().getLocalRepository().getBasedir()),
        cache.resolve("layers"),
        properties,
        log);
  }

  Path module() {
    return project.getBasedir().toPath();
  }

  /** Another module, which this build has to build, too. */
  MavenProject module(String name) throws BuildFailure {
    return reactor.stream()
        .filter(one -> one.getArtifactId().equals(name))
        .findFirst()
        .orElseThrow(
            () -> new BuildFailure("The module " + name + " is not built with this one: mvn -am"));
  }

  /** The JDK that compiled the worker; Maven itself may run on an older one. */
  Path jdk() throws IOException {
    return Path.of(Files.readString(worker().resolve("java-home")));
  }

  /** The folder that {@code mvn package} lays out for bin/dioptra-worker-v1. */
  Path worker() {
    return module().resolve("target/worker");
  }

  void say(String message) {
    log.log(LogLevel.LIFECYCLE, message);
  }

  void warn(String message) {
    log.log(LogLevel.WARN, message);
  }
}
