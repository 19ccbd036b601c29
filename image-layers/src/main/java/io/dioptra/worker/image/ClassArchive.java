package io.dioptra.worker.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * An archive of the classes that a worker loads, its own, those of libraries and of Java, so that
 * it need not parse, verify and link them at each start. It belongs to the layer of the worker and
 * is made anew with each change of it.
 */
record ClassArchive(Build build, Path runtime) {
  private static final String CLASS_LIST = "image-layers/worker.classes";
  private static final String FILE = "worker.jsa";

  /**
   * The archive remembers the folder of the jars, the locale and the size of the heap; all are the
   * same wherever it is made. Linked classes (AOTClassLinking) would bring the time of day into it,
   * and the start of a worker takes less with classes that are linked when they are needed.
   */
  private static final List<String> DUMP =
      List.of(
          "-XX:+UseSerialGC",
          "-XX:+UseCompactObjectHeaders",
          // As at run time; else Java would not take the modules from the archive.
          "--enable-native-access=ALL-UNNAMED",
          "-Xmn16m",
          "-Xmx1g",
          "-Xshare:dump",
          "-Xlog:disable",
          "-Xlog:all=error:stderr");

  private static final String WORKING_FOLDER = "/proc/self/cwd";

  /**
   * Adds the archive to the layer of the worker.
   *
   * @param worker the layer of the worker, with its jars
   * @param libraries the layers of the libraries
   * @param own the names of its jars, in the order of the class path
   */
  void addTo(Path worker, List<LayerFolder> libraries, List<Path> own)
      throws IOException, BuildFailure {
    Path classList = build.checkout().resolve(CLASS_LIST);
    Path folder = worker.resolve(Libraries.Use.WORKER.path());
    List<Path> jars = new ArrayList<>(Libraries.files(libraries));
    own.forEach(jar -> jars.add(folder.resolve(jar.getFileName())));
    Fingerprint fingerprint = new Fingerprint();
    fingerprint.add(DUMP.toString());
    fingerprint.add(runtime.getFileName().toString());
    fingerprint.add(classList);
    for (Path jar : jars) {
      fingerprint.add(jar);
    }
    Path made =
        new Cached(build.cache(), "classes-" + fingerprint)
            .make(making -> dump(making, jars, classList));
    Files.copy(made.resolve(FILE), folder.resolve(FILE));
  }

  /**
   * The jars share one folder, as they do at run time: Java compares paths below the longest common
   * one. It refuses an archive whose jars had another time than they have then.
   */
  private void dump(Path folder, List<Path> jars, Path classList) throws IOException, BuildFailure {
    build.say("Making the class archive …");
    List<Path> copies = new ArrayList<>();
    for (Path jar : jars) {
      Path copy = Files.copy(jar, folder.resolve(jar.getFileName().toString()));
      Files.setLastModifiedTime(copy, FileTime.from(LayerFolder.TIME));
      copies.add(copy);
    }
    List<String> command = new ArrayList<>();
    command.add(runtime.resolve(JavaRuntime.PATH).resolve("bin/java").toString());
    command.addAll(DUMP);
    command.add("-XX:SharedClassListFile=" + classList);
    command.add("-XX:SharedArchiveFile=" + folder.resolve(FILE));
    command.addAll(List.of("-cp", Libraries.classPath(WORKING_FOLDER, copies)));
    Program.output(folder.toFile(), Map.of("LC_ALL", "C"), command);
    for (Path copy : copies) {
      Files.delete(copy);
    }
  }
}
