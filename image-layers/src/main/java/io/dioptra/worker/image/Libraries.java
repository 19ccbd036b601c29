package io.dioptra.worker.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The jars of others. A change of ours leaves this layer as it is. */
record Libraries(Build build) {
  static final String PATH = "opt/dioptra/lib";

  Path make() throws IOException, BuildFailure {
    List<Path> jars = jars(false);
    Fingerprint fingerprint = new Fingerprint();
    for (Path jar : jars) {
      fingerprint.add(jar);
    }
    return new Cached(build.cache(), "libraries-" + fingerprint)
        .make(folder -> fill(folder.resolve(PATH), jars));
  }

  /** The jars that this repository made. */
  List<Path> ownJars() throws IOException {
    return jars(true);
  }

  /** All jars in the finished layers of an image. */
  static List<Path> files(List<LayerFolder> layers) throws IOException {
    List<Path> jars = new ArrayList<>();
    for (LayerFolder layer : layers) {
      Path folder = layer.root().resolve(PATH);
      if (Files.exists(folder)) {
        try (Stream<Path> files = Files.list(folder)) {
          files.filter(file -> file.toString().endsWith(".jar")).sorted().forEach(jars::add);
        }
      }
    }
    return jars;
  }

  private List<Path> jars(boolean own) throws IOException {
    try (Stream<Path> files = Files.list(build.worker().resolve("lib"))) {
      return files
          .filter(file -> file.getFileName().toString().startsWith("worker-") == own)
          .sorted()
          .toList();
    }
  }

  private static void fill(Path folder, List<Path> jars) throws IOException {
    Files.createDirectories(folder);
    for (Path jar : jars) {
      Files.copy(jar, folder.resolve(jar.getFileName().toString()));
    }
    Files.writeString(folder.resolve("classpath"), classPath("/" + PATH, jars));
  }

  static String classPath(String folder, List<Path> jars) {
    return jars.stream()
        .map(jar -> folder + "/" + jar.getFileName())
        .collect(Collectors.joining(":"));
  }
}
