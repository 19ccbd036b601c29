package io.dioptra.worker.savedmodel;

import io.dioptra.worker.jvm.natives.SitePackages;
import io.dioptra.worker.jvm.natives.Unpacked;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tensorflow.TensorFlow;
import org.tensorflow.internal.c_api.TF_Status;

/**
 * The native libraries of TensorFlow: those of the Python that runs the other tasks, so that both
 * languages use one copy. The part that calls them comes with this module.
 */
final class Natives {
  private static final Logger LOG = LoggerFactory.getLogger(Natives.class);

  /** What TensorFlow-Java was made for. */
  private static final String VERSION = "2.18";

  private static final Pattern BRIDGE =
      Pattern.compile("(org/tensorflow/internal/c_api/[^/]+)\\.class");

  private Natives() {}

  /**
   * Loads them on the first call.
   *
   * @return the kinds of devices that TensorFlow has here, for example CPU, GPU
   * @throws IllegalStateException if there are none that fit
   */
  @SuppressWarnings("restricted") // native code is what this is for
  static List<String> devices() {
    Path libraries =
        SitePackages.ofTasks()
            .folder("tensorflow", "libtensorflow_cc.so.2")
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "the environment of %s has no TensorFlow; TensorFlow %s is needed there"
                            .formatted(SitePackages.ofTasks().python(), VERSION)));
    // It counts all memory of the process, also what is shared with Python, and refuses more than
    // a multiple of the heap. Arrays are not in the heap.
    System.setProperty("org.bytedeco.javacpp.maxBytes", "0");
    System.setProperty("org.bytedeco.javacpp.maxPhysicalBytes", "0");
    // What is found in this folder goes before what is in a jar.
    System.setProperty("org.bytedeco.javacpp.pathsFirst", "true");
    System.setProperty("java.library.path", libraries.toString());
    try {
      // Where other tasks have used JavaCPP before, it does not look there any more.
      System.load(libraries.resolve("libtensorflow_framework.so.2").toString());
      System.load(libraries.resolve("libtensorflow_cc.so.2").toString());
      return Loaded.DEVICES;
    } catch (LinkageError e) {
      throw new IllegalStateException(
          "TensorFlow's libraries in %s cannot be loaded; those of TensorFlow %s are expected. %s"
              .formatted(libraries, VERSION, e.getCause() == null ? e : e.getCause()),
          e);
    }
  }

  private static final class Loaded {
    static final List<String> DEVICES = load();

    private Loaded() {}
  }

  private static List<String> load() {
    try (Unpacked unpacked = Unpacked.create("dioptra-tensorflow")) {
      System.setProperty("org.bytedeco.javacpp.cachedir", unpacked.folder().toString());
      initialize();
    } catch (IOException | ClassNotFoundException e) {
      throw new IllegalStateException("TensorFlow-Java cannot be unpacked: " + e, e);
    }
    String version = TensorFlow.version();
    if (!version.startsWith(VERSION + ".")) {
      throw new IllegalStateException("this is TensorFlow " + version);
    }
    List<String> devices = Devices.kinds();
    LOG.info("TensorFlow {} of Python, on {}", version, devices);
    return devices;
  }

  /**
   * Each class that calls TensorFlow asks for the unpacked file when it is first used. A host of
   * tasks ends at once, and would leave the file: it is deleted when all have asked.
   */
  private static void initialize() throws IOException, ClassNotFoundException {
    URL jar = TF_Status.class.getProtectionDomain().getCodeSource().getLocation();
    try (JarFile classes = new JarFile(new File(URI.create(jar.toString())))) {
      List<String> names =
          classes.stream()
              .map(JarEntry::getName)
              .map(BRIDGE::matcher)
              .filter(it -> it.matches())
              .map(it -> it.group(1).replace('/', '.'))
              .toList();
      for (String name : names) {
        Class.forName(name, true, Natives.class.getClassLoader());
      }
    }
  }
}
