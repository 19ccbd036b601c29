package io.dioptra.worker.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The jars of others, with an archive of the classes that a worker loads from them and from Java,
 * so that it need not parse and verify them at each start. Our own classes are not in it: a change
 * of ours leaves this layer as it is.
 */
record Libraries(Build build, Path runtime) {
  static final long TIME_MILLIS = 1_000;
  static final String PATH = "opt/dioptra/lib";

  private static final String CLASS_LIST = "image-layers/worker.classes";

  /**
   * The archive remembers the folder of the jars, the locale and the size of the heap; all are the
   * same wherever it is made. Linked classes (AOTClassLinking) would bring the time of day into it,
   * and the start of a worker takes less with classes that are linked when they are needed.
   */
  private static final List<String> DUMP =
      List.of(
          "-XX:+UseSerialGC",
          "-XX:+UseCompactObjectHeaders",
          "-Xmn16m",
          "-Xmx1g",
          "-Xshare:dump",
          "-Xlog:disable",
          "-Xlog:all=error:stderr");

  private static final String WORKING_FOLDER = "/proc/self/cwd";

  Path make() throws IOException, BuildFailure {
    Path classList = build.checkout().resolve(CLASS_LIST);
    List<Path> jars = jars(false);
    Fingerprint fingerprint = new Fingerprint();
    fingerprint.add(DUMP.toString());
    fingerprint.add(runtime.getFileName().toString());
    fingerprint.add(classList);
    for (Path jar : jars) {
      fingerprint.add(jar);
    }
    return new Cached(build.cache(), "libraries-" + fingerprint)
        .make(folder -> fill(folder.resolve(PATH), jars, classList));
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

  private void fill(Path folder, List<Path> jars, Path classList) throws IOException, BuildFailure {
    build.say("Making the layer of libraries and its class archive …");
    Files.createDirectories(folder);
    List<Path> copies = new ArrayList<>();
    for (Path jar : jars) {
      Path copy = Files.copy(jar, folder.resolve(jar.getFileName().toString()));
      // The archive is refused when a jar has another time than when the archive was made.
      Files.setLastModifiedTime(copy, FileTime.fromMillis(TIME_MILLIS));
      copies.add(copy);
    }
    dump(folder, copies, classList);
    Files.writeString(folder.resolve("classpath"), classPath("/" + PATH, copies));
  }

  /**
   * At run time all jars must share the folder they have here: Java compares paths below the
   * longest common folder.
   */
  private void dump(Path folder, List<Path> jars, Path classList) throws IOException, BuildFailure {
    List<String> command = new ArrayList<>();
    command.add(runtime.resolve(JavaRuntime.PATH).resolve("bin/java").toString());
    command.addAll(DUMP);
    command.add("-XX:SharedClassListFile=" + classList);
    command.add("-XX:SharedArchiveFile=" + folder.resolve("worker.jsa"));
    command.addAll(List.of("-cp", classPath(WORKING_FOLDER, jars)));
    Program.output(folder.toFile(), Map.of("LC_ALL", "C"), command);
  }

  static String classPath(String folder, List<Path> jars) {
    return jars.stream()
        .map(jar -> folder + "/" + jar.getFileName())
        .collect(Collectors.joining(":"));
  }
}
