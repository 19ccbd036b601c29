package io.dioptra.worker.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;

/**
 * The Java runtime of the images: the JDK that compiled the worker, cut by jlink to the modules it
 * needs.
 */
record JavaRuntime(Build build) {
  static final String PATH = "opt/dioptra/java";

  private static final String MODULES =
      String.join(
          ",",
          "java.base",
          "java.logging",
          "java.management",
          "java.naming",
          "java.sql",
          "java.xml",
          "jdk.httpserver",
          "jdk.management",
          "jdk.net",
          "jdk.unsupported");

  /** The folder of the finished layer. */
  Path make() throws IOException, BuildFailure {
    Path jdk = build.jdk();
    String key = Fingerprint.of(Files.readString(jdk.resolve("release")), MODULES, architecture());
    return new Cached(build.cache(), "java-" + key)
        .make(
            folder -> {
              build.say("Making the image's Java runtime from " + jdk + " …");
              Path home = folder.resolve(PATH);
              Files.createDirectories(home.getParent());
              Program.output(
                  folder.toFile(),
                  Map.of(),
                  List.of(
                      jdk.resolve("bin/jlink").toString(),
                      "--add-modules=" + MODULES,
                      "--strip-debug",
                      "--no-header-files",
                      "--no-man-pages",
                      "--compress=zip-6",
                      "--output=" + home));
              // The archive of classes remembers the time that this file has in the image.
              Files.setLastModifiedTime(
                  home.resolve("lib/modules"), FileTime.from(LayerFolder.TIME));
            });
  }

  static String architecture() {
    String name = System.getProperty("os.arch");
    return name.equals("aarch64") ? "arm64" : name;
  }
}
