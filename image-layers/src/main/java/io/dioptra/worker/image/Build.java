package io.dioptra.worker.image;

import com.google.cloud.tools.jib.maven.extension.MavenData;
import com.google.cloud.tools.jib.plugins.extension.ExtensionLogger;
import com.google.cloud.tools.jib.plugins.extension.ExtensionLogger.LogLevel;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;

/**
 * Where this build happens: the checkout, the module whose image is made, and the cache of finished
 * layers.
 */
record Build(Path checkout, Path module, Path cache, Properties properties, ExtensionLogger log) {
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
        maven.getMavenProject().getBasedir().toPath(),
        cache.resolve("layers"),
        properties,
        log);
  }

  /** The folder that {@code mvn package} lays out for bin/dioptra-worker-v1. */
  Path worker() {
    return module.resolve("target/worker");
  }

  void say(String message) {
    log.log(LogLevel.LIFECYCLE, message);
  }
}
