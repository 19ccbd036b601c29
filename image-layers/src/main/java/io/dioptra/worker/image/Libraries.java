package io.dioptra.worker.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The jars of others. A change of ours leaves their layers as they are. */
record Libraries(Build build, Use use) {
  /** Who has them on its class path. */
  enum Use {
    WORKER("lib"),
    /** The JVM task host alone. */
    TASKS("jvm");

    private final String folder;

    Use(String folder) {
      this.folder = folder;
    }

    /** Where they are in an image. */
    String path() {
      return "opt/dioptra/" + folder;
    }
  }

  /** A layer with these jars and, for the worker, their class path. */
  LayerFolder make(String layer, List<Path> jars) throws IOException, BuildFailure {
    Fingerprint fingerprint = new Fingerprint();
    for (Path jar : jars) {
      fingerprint.add(jar);
    }
    Path made =
        new Cached(build.cache(), layer + "-" + fingerprint)
            .make(folder -> fill(folder.resolve(use.path()), jars));
    return new LayerFolder(layer, made);
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

  /** The jars that this repository did not make. */
  List<Path> foreign() throws IOException {
    return jars(false);
  }

  /** All jars in finished layers; one that two of them have is named once. */
  static List<Path> files(List<LayerFolder> layers) throws IOException {
    List<Path> jars = new ArrayList<>();
    Set<Path> names = new HashSet<>();
    for (LayerFolder layer : layers) {
      for (Use use : Use.values()) {
        for (Path jar : jarsIn(layer.root().resolve(use.path()))) {
          if (names.add(layer.root().relativize(jar))) {
            jars.add(jar);
          }
        }
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
    if (use == Use.WORKER) {
      Files.writeString(folder.resolve("classpath"), classPath("/" + use.path(), jars));
    }
  }

  static String classPath(String folder, List<Path> jars) {
    return jars.stream()
        .map(jar -> folder + "/" + jar.getFileName())
        .collect(Collectors.joining(":"));
  }
}
