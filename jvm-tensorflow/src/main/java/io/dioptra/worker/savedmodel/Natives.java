package io.dioptra.worker.savedmodel;

import io.dioptra.worker.jvm.natives.JavaCpp;
import io.dioptra.worker.jvm.natives.NativePackage;
import io.dioptra.worker.jvm.natives.SitePackages;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tensorflow.TensorFlow;

/**
 * The native libraries of TensorFlow: those of the Python that runs the other tasks, so that both
 * languages use one copy. The part that calls them comes with this module.
 */
final class Natives {
  private static final Logger LOG = LoggerFactory.getLogger(Natives.class);

  /** What TensorFlow-Java was made for. */
  static final NativePackage PACKAGE =
      new NativePackage(
          "TensorFlow", "2.18", List.of("tensorflow", "tensorflow_cpu", "tensorflow_gpu"));

  /** In the order in which they need each other. */
  private static final List<String> LIBRARIES =
      List.of("libtensorflow_framework.so.2", "libtensorflow_cc.so.2");

  private Natives() {}

  /**
   * Loads them on the first call.
   *
   * @return the kinds of devices that TensorFlow has here, for example CPU, GPU
   * @throws IllegalStateException if there are none that fit
   */
  static List<String> devices() {
    if (Checked.REFUSAL.isPresent()) {
      throw new IllegalStateException(Checked.REFUSAL.get());
    }
    try {
      return Loaded.DEVICES;
    } catch (LinkageError e) {
      throw new IllegalStateException(
          "TensorFlow's libraries in %s cannot be loaded; those of TensorFlow %s are expected. %s"
              .formatted(libraries(), PACKAGE.version(), e.getCause() == null ? e : e.getCause()),
          e);
    }
  }

  private static Path libraries() {
    return SitePackages.ofTasks()
        .folder("tensorflow", LIBRARIES.getLast())
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "the environment of %s has no TensorFlow; TensorFlow %s is needed there"
                        .formatted(SitePackages.ofTasks().python(), PACKAGE.version())));
  }

  /** Whether they fit is found out once. */
  private static final class Checked {
    static final Optional<String> REFUSAL = PACKAGE.refusal(SitePackages.ofTasks());

    private Checked() {}
  }

  private static final class Loaded {
    static final List<String> DEVICES = load();

    private Loaded() {}
  }

  @SuppressWarnings("restricted") // the host is started with leave to call native functions
  private static List<String> load() {
    // JavaCPP looks for them in folders that it was told at its own start, which another library of
    // tasks may have brought about. What is loaded is not looked for.
    Path libraries = libraries();
    LIBRARIES.forEach(it -> System.load(libraries.resolve(it).toString()));
    try {
      JavaCpp unpacked = JavaCpp.prepared();
      String version = TensorFlow.version();
      List<String> devices = Devices.kinds();
      unpacked.loaded();
      LOG.info("TensorFlow {} of Python, on {}", version, devices);
      return devices;
    } catch (IOException e) {
      throw new UncheckedIOException("TensorFlow-Java cannot be unpacked: " + e, e);
    }
  }
}
