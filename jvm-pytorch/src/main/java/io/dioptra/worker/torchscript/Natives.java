package io.dioptra.worker.torchscript;

import ai.djl.engine.Engine;
import io.dioptra.worker.jvm.natives.NativePackage;
import io.dioptra.worker.jvm.natives.NvidiaDriver;
import io.dioptra.worker.jvm.natives.SitePackages;
import io.dioptra.worker.jvm.natives.Unpacked;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
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

  /** What DJL's part in C++ was made for. */
  static final NativePackage PACKAGE = new NativePackage("PyTorch", "2.7.1", List.of("torch"));

  private Natives() {}

  /**
   * Loads them on the first call.
   *
   * @throws IllegalStateException if there are none that fit
   */
  static Engine engine() {
    if (Checked.REFUSAL.isPresent()) {
      throw new IllegalStateException(Checked.REFUSAL.get());
    }
    try {
      return Loaded.ENGINE;
    } catch (LinkageError e) {
      String found =
          ofPython()
              .map(it -> "they are in " + it)
              .orElseGet(
                  () -> "the environment of " + SitePackages.ofTasks().python() + " has none");
      throw new IllegalStateException(
          "PyTorch's libraries cannot be loaded; %s. Expected are those of PyTorch %s there, or a jar pytorch-native-cpu of DJL on the class path. %s"
              .formatted(found, PACKAGE.version(), e.getCause() == null ? e : e.getCause()),
          e);
    }
  }

  /** Whether they fit is found out once. */
  private static final class Checked {
    static final Optional<String> REFUSAL = PACKAGE.refusal(SitePackages.ofTasks());

    private Checked() {}
  }

  private static final class Loaded {
    static final Engine ENGINE = load();

    private Loaded() {}
  }

  private static Engine load() {
    System.setProperty("OPT_OUT_TRACKING", "true");
    System.setProperty("ai.djl.offline", "true");
    // Else DJL warns of it; each thread that calls a model turns it off.
    System.setProperty("ai.djl.pytorch.graph_optimizer", "false");
    Optional<Path> ofPython = ofPython();
    // DJL unpacks its part in C++.
    try (Unpacked unpacked = Unpacked.create("dioptra-djl")) {
      System.setProperty("ENGINE_CACHE_DIR", unpacked.folder().toString());
      System.setProperty("DJL_CACHE_DIR", unpacked.folder().toString());
      ofPython.ifPresent(Natives::use);
      Engine engine = Engine.getEngine("PyTorch");
      LOG.info(
          "PyTorch {} of {}, {} GPUs",
          engine.getVersion(),
          ofPython.map(Path::toString).orElse("DJL"),
          engine.getGpuCount());
      return engine;
    } catch (IOException e) {
      throw new UncheckedIOException("PyTorch's libraries cannot be unpacked: " + e, e);
    }
  }

  private static Optional<Path> ofPython() {
    return SitePackages.ofTasks().folder("torch/lib", "libtorch_cpu.so");
  }

  private static void use(Path libraries) {
    boolean cuda = Files.exists(libraries.resolve("libtorch_cuda.so")) && NvidiaDriver.isHere();
    System.setProperty("PYTORCH_LIBRARY_PATH", libraries.toString());
    System.setProperty("PYTORCH_VERSION", PACKAGE.version());
    System.setProperty("PYTORCH_FLAVOR", cuda ? CUDA : CPU);
    System.setProperty("PYTORCH_PRECXX11", "false");
  }
}
