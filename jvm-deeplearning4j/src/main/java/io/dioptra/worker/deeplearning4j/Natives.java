package io.dioptra.worker.deeplearning4j;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bytedeco.hdf5.global.hdf5;
import org.bytedeco.javacpp.Loader;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The native libraries of Deeplearning4j, which lie in jars and have to be unpacked. */
final class Natives {
  private static final Logger LOG = LoggerFactory.getLogger(Natives.class);

  /** JavaCPP's: a folder that a site names keeps what was unpacked, for the next process. */
  private static final String CACHE = "org.bytedeco.javacpp.cachedir";

  /** A report of lacking memory would be a file, and needs a library that is left out. */
  private static final String CRASH_REPORT = "org.deeplearning4j.crash.reporting.enabled";

  /**
   * JavaCPP fails if the process has more memory than this; arrays shared with Python would count.
   */
  private static final String MOST_OF_PROCESS = "org.bytedeco.javacpp.maxPhysicalBytes";

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
                  CACHE,
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
    System.getProperties().putIfAbsent(MOST_OF_PROCESS, "0");
    String named = System.getProperty(CACHE);
    if (named != null && Files.isDirectory(Path.of(named))) {
      return backend();
    }
    try {
      NativesFolder unpacked =
          named == null
              ? NativesFolder.create(Path.of(System.getProperty("java.io.tmpdir")))
              // Another library of tasks has unpacked there, and deleted it; JavaCPP keeps to it.
              : new NativesFolder(Files.createDirectories(Path.of(named)));
      System.setProperty(CACHE, unpacked.folder().toString());
      String backend = backend();
      unpacked.empty();
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
