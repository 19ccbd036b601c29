package io.dioptra.worker.host;

import io.dioptra.worker.jvm.catalog.TaskJars;
import java.io.File;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How the JVM task host is started: with the Java and the class path of this worker, and told where
 * the jars of tasks are.
 */
final class JvmCommand {
  /** The program that runs tasks. */
  static final String HOST = "io.dioptra.worker.jvm.host.Main";

  /** The program that shows which tasks there are. */
  static final String LISTING = "io.dioptra.worker.jvm.plugin.Main";

  private static final String JARS = "DIOPTRA_WORKER_JARS";
  private static final Path DEFAULT_JARS = Path.of("/dioptra/jars");
  private static final String OPTIONS = "DIOPTRA_WORKER_JVM_OPTS";

  /** What the class archive of an image needs to be used, and where temporary files go. */
  private static final List<String> INHERITED =
      List.of(
          "-XX:SharedArchiveFile=",
          "-Xshare:",
          "-XX:+UseCompactObjectHeaders",
          "-Djava.io.tmpdir=");

  private static final List<String> OURS =
      List.of(
          "-XX:+UseSerialGC",
          "-Xms16m",
          "-XX:-UsePerfData",
          "-Xlog:disable",
          "-Xlog:all=error:stderr",
          // What a crash has to say belongs into the job's log; no file is left in a folder.
          "-XX:+DisplayVMOutputToStderr",
          "-XX:ErrorFile=/dev/null",
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow");

  /**
   * How the C library gets memory. Frameworks ask for a layer's output in each batch anew. A thread
   * that is not a process's first would give such blocks back to the kernel each time, which then
   * clears each of their pages; Python's first thread keeps them, and so does this: up to 256 MB.
   */
  private static final Map<String, String> MEMORY =
      Map.of(
          "MALLOC_ARENA_MAX", "1",
          "MALLOC_MMAP_THRESHOLD_", Integer.toString(32 << 20),
          "MALLOC_TOP_PAD_", Integer.toString(32 << 20),
          "MALLOC_TRIM_THRESHOLD_", Integer.toString(256 << 20));

  /** What tells libraries of tasks which Python runs the other tasks. */
  private static final String PYTHON = "-Ddioptra.python=";

  private final Path python;
  private final Map<String, String> environment;

  /**
   * @param python the interpreter whose environment runs the other tasks, for natives of both
   * @param environment of the host, in which the site may name a folder of jars ({@value #JARS})
   *     and more options of Java ({@value #OPTIONS})
   */
  JvmCommand(Path python, Map<String, String> environment) {
    this.python = python;
    this.environment = Map.copyOf(environment);
  }

  /**
   * @param main one of these programs
   */
  List<String> words(String main) {
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.addAll(OURS);
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(it -> INHERITED.stream().anyMatch(it::startsWith))
        .forEach(words::add);
    Arrays.stream(environment.getOrDefault(OPTIONS, "").strip().split("\\s+"))
        .filter(it -> !it.isEmpty())
        .forEach(words::add);
    words.add(PYTHON + python);
    words.add("-D" + TaskJars.FOLDERS + "=" + folders());
    words.addAll(List.of("-cp", System.getProperty("java.class.path")));
    words.add(main);
    return words;
  }

  /**
   * What it sets in its environment, unless the site has.
   *
   * @param place of the host
   */
  Map<String, String> variables(JvmPlace place) {
    Map<String, String> variables = new HashMap<>(MEMORY);
    variables.keySet().removeAll(environment.keySet());
    variables.putAll(place.variables());
    return variables;
  }

  /** Where jars of tasks are. A folder that the site names has to be there. */
  private String folders() {
    String named = environment.get(JARS);
    Stream<String> ofSite = named == null ? present(DEFAULT_JARS) : Stream.of(named);
    return Stream.concat(present(ownTasks()), ofSite)
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static Stream<String> present(Path folder) {
    return Stream.of(folder).filter(Files::isDirectory).map(Path::toString);
  }

  /** The jars of tasks that come with the worker; it has none of them on its own class path. */
  private static Path ownTasks() {
    Path worker =
        Path.of(JvmCommand.class.getProtectionDomain().getCodeSource().getLocation().getPath());
    return worker.resolveSibling("../jvm").normalize();
  }
}
