package io.dioptra.worker.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The jars of others. A change of ours leaves their layer as it is. */
record Libraries(Build build, Use use) {
  /** Who has them on its class path. */
  enum Use {
    WORKER("lib", "libraries"),
    /** The JVM task host alone. */
    TASKS("jvm", "jvm-tasks");

    private final String folder;
    private final String layer;

    Use(String folder, String layer) {
      this.folder = folder;
      this.layer = layer;
    }

    /** Where they are in an image. */
    String path() {
      return "opt/dioptra/" + folder;
    }
  }

  /** The layer with the jars that this repository did not make, if there are any. */
  List<LayerFolder> make() throws IOException, BuildFailure {
    List<Path> jars = jars(false);
    if (jars.isEmpty()) {
      return List.of();
    }
    Fingerprint fingerprint = new Fingerprint();
    for (Path jar : jars) {
      fingerprint.add(jar);
    }
    Path made =
        new Cached(build.cache(), use.layer + "-" + fingerprint)
            .make(folder -> fill(folder.resolve(use.path()), jars));
    return List.of(new LayerFolder(use.layer, made));
  }

  /** Puts the jars that this repository made into a layer, and returns them. */
  List<Path> copyOwn(Path layer) throws IOException {
    List<Path> jars = jars(true);
    Path folder = layer.resolve(use.path());
    for (Path jar : jars) {
      Files.createDirectories(folder);
      new OwnJar(jar).copyTo(folder.resolve(jar.getFileName().toString()));
    }
    return jars;
  }

  /** All jars in finished layers. */
  static List<Path> files(List<LayerFolder> layers) throws IOException {
    List<Path> jars = new ArrayList<>();
    for (LayerFolder layer : layers) {
      for (Use use : Use.values()) {
        jars.addAll(jarsIn(layer.root().resolve(use.path())));
      }
    }
    return jars;
  }

  private List<Path> jars(boolean own) throws IOException {
    return jarsIn(build.worker().resolve(use.folder)).stream()
        .filter(jar -> isOwn(jar.getFileName().toString()) == own)
        .toList();
  }

  private static boolean isOwn(String name) {
    return name.startsWith("worker-") || name.startsWith("jvm-");
  }

  private static List<Path> jarsIn(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
    }
  }

  private void fill(Path folder, List<Path> jars) throws IOException {
    Files.createDirectories(folder);
    for (Path jar : jars) {
      Files.copy(jar, folder.resolve(jar.getFileName().toString()));
    }
    Files.writeString(folder.resolve("classpath"), classPath("/" + use.path(), jars));
  }

  static String classPath(String folder, List<Path> jars) {
    return jars.stream()
        .map(jar -> folder + "/" + jar.getFileName())
        .collect(Collectors.joining(":"));
  }
}
