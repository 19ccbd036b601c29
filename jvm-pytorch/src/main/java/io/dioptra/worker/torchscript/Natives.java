package io.dioptra.worker.torchscript;

import ai.djl.engine.Engine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The native libraries of PyTorch: those of the Python that runs the other tasks, where it has
 * them, so that both languages use one copy; else those that DJL brings on the class path.
 */
final class Natives {
  private static final Logger LOG = LoggerFactory.getLogger(Natives.class);
  private static final String CPU = "cpu";
  private static final String CUDA = "cu128";

  /** The Python that runs the other tasks; the worker sets it. */
  static final String PYTHON = "dioptra.python";

  /** What DJL's part in C++ was made for. */
  private static final String VERSION = "2.7.1";

  private Natives() {}

  /**
   * Loads them on the first call.
   *
   * @throws IllegalStateException if there are none that fit
   */
  static Engine engine() {
    try {
      return Loaded.ENGINE;
    } catch (ExceptionInInitializerError | NoClassDefFoundError e) {
      String python = System.getProperty(PYTHON, "");
      String found =
          libraries(python)
              .map(it -> "they are in " + it)
              .orElseGet(() -> "the environment of " + python + " has none");
      throw new IllegalStateException(
          "PyTorch's libraries cannot be loaded; %s. Expected are those of PyTorch %s there, or a jar pytorch-native-cpu of DJL on the class path. %s"
              .formatted(found, VERSION, e.getCause() == null ? "" : e.getCause()),
          e);
    }
  }

  private static final class Loaded {
    static final Engine ENGINE = load();

    private Loaded() {}
  }

  private static Engine load() {
    System.setProperty("OPT_OUT_TRACKING", "true");
    System.setProperty("ai.djl.offline", "true");
    Optional<Path> ofPython = libraries(System.getProperty(PYTHON, ""));
    try {
      // DJL unpacks its part in C++. Of what is loaded, the folder needs no entry any more.
      Path unpacked = Files.createTempDirectory("dioptra-djl");
      try {
        System.setProperty("ENGINE_CACHE_DIR", unpacked.toString());
        System.setProperty("DJL_CACHE_DIR", unpacked.toString());
        ofPython.ifPresent(Natives::use);
        Engine engine = Engine.getEngine("PyTorch");
        LOG.info(
            "PyTorch {} of {}, {} GPUs",
            engine.getVersion(),
            ofPython.map(Path::toString).orElse("DJL"),
            engine.getGpuCount());
        return engine;
      } finally {
        delete(unpacked);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("PyTorch's libraries cannot be unpacked: " + e, e);
    }
  }

  private static void use(Path libraries) {
    boolean driver = Files.exists(Path.of("/proc/driver/nvidia/version"));
    boolean cuda = driver && Files.exists(libraries.resolve("libtorch_cuda.so"));
    System.setProperty("PYTORCH_LIBRARY_PATH", libraries.toString());
    System.setProperty("PYTORCH_VERSION", VERSION);
    System.setProperty("PYTORCH_FLAVOR", cuda ? CUDA : CPU);
    System.setProperty("PYTORCH_PRECXX11", "false");
  }

  /** Where the environment of an interpreter has PyTorch's libraries. */
  static Optional<Path> libraries(String python) {
    Path interpreter = Path.of(python);
    Path environment = interpreter.getParent() == null ? null : interpreter.getParent().getParent();
    if (environment == null || !Files.isDirectory(environment.resolve("lib"))) {
      return Optional.empty();
    }
    try (Stream<Path> versions = Files.list(environment.resolve("lib"))) {
      return versions
          .map(it -> it.resolve("site-packages/torch/lib"))
          .filter(it -> Files.exists(it.resolve("libtorch_cpu.so")))
          .findFirst();
    } catch (IOException e) {
      LOG.warn("The Python environment {} cannot be read: {}", environment, e.toString());
      return Optional.empty();
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
