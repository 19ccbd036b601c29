package io.dioptra.worker.deeplearning4j;

import io.dioptra.worker.jvm.natives.JavaCpp;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.bytedeco.hdf5.global.hdf5;
import org.bytedeco.javacpp.Loader;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The native libraries of Deeplearning4j, which lie in jars and have to be unpacked. */
final class Natives {
  private static final Logger LOG = LoggerFactory.getLogger(Natives.class);

  /** A report of lacking memory would be a file, and needs a library that is left out. */
  private static final String CRASH_REPORT = "org.deeplearning4j.crash.reporting.enabled";

  private Natives() {}

  /**
   * Loads them on the first call.
   *
   * @throws IllegalStateException if they cannot be loaded here
   */
  static void load() {
    try {
      LOG.trace("On {}", Loaded.BACKEND);
    } catch (LinkageError e) {
      throw new IllegalStateException(
          "Deeplearning4j's native libraries cannot be loaded. They are for Linux on x86-64, and need 400 MB in the folder of temporary files, %s, or in one that -D%s in DIOPTRA_WORKER_JVM_OPTS names. %s"
              .formatted(
                  System.getProperty("java.io.tmpdir"),
                  JavaCpp.FOLDER,
                  e.getCause() == null ? e : e.getCause()),
          e);
    }
  }

  private static final class Loaded {
    static final String BACKEND = initialize();

    private Loaded() {}
  }

  private static String initialize() {
    System.setProperty(CRASH_REPORT, "false");
    try {
      JavaCpp unpacked = JavaCpp.prepared();
      String backend = backend();
      unpacked.loaded();
      return backend;
    } catch (IOException e) {
      throw new UncheckedIOException("the native libraries cannot be unpacked: " + e, e);
    }
  }

  /** What fails, fails here. */
  private static String backend() {
    Nd4j.zeros(DataType.FLOAT, 1, 1).mmul(Nd4j.zeros(DataType.FLOAT, 1, 1)).close();
    Loader.load(hdf5.class);
    // What HDF5 has to say comes with an exception; on stderr it is noise.
    org.bytedeco.hdf5.Exception.dontPrint();
    return Nd4j.getBackend().getClass().getSimpleName();
  }
}
