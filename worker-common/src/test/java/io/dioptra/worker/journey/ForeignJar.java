package io.dioptra.worker.journey;

import io.dioptra.worker.testing.Checkout;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A jar of JVM tasks as somebody else makes it: with {@code javac} and {@code jar} alone, in a
 * folder outside of this build, against the worker's jar and nothing else.
 */
record ForeignJar(Path folder) {
  /** Where the jar lies, alone. */
  Path jars() {
    return folder.resolve("jars");
  }

  /**
   * Compiles a class of the package {@code com.example.foreign} and packs it.
   *
   * @param name of the class, which is a library of tasks
   */
  void build(String name, String source) throws IOException, InterruptedException {
    String qualified = "com.example.foreign." + name;
    Path classes = folder.resolve("classes");
    Path java = Files.writeString(folder.resolve(name + ".java"), source);
    run("javac", "-d", classes.toString(), "-cp", worker().toString(), java.toString());
    Path services = Files.createDirectories(classes.resolve("META-INF/services"));
    Files.writeString(services.resolve("io.dioptra.worker.jvm.TaskLibrary"), qualified + "\n");
    Path jar = Files.createDirectories(jars()).resolve("foreign.jar");
    run("jar", "--create", "--file", jar.toString(), "-C", classes.toString(), ".");
  }

  private static Path worker() throws IOException {
    Path libraries = Checkout.find().resolve("worker-common/target/worker/lib");
    try (Stream<Path> jars = Files.list(libraries)) {
      return jars.filter(it -> it.getFileName().toString().startsWith("worker-common-"))
          .findFirst()
          .orElseThrow(() -> new IOException("no worker in " + libraries));
    }
  }

  private static void run(String tool, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", tool).toString());
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(tool + ": " + said);
    }
  }
}
