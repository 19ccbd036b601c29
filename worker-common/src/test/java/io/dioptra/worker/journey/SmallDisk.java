package io.dioptra.worker.journey;

import io.dioptra.worker.testing.DioptraSite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;

/** A file system of some megabytes. Only root can mount one; elsewhere the test is left out. */
record SmallDisk(Path folder) implements AutoCloseable {
  static SmallDisk mount(Path folder, int megabytes) throws IOException {
    int status =
        run("mount", "-t", "tmpfs", "-o", "size=" + megabytes + "m", "tmpfs", folder.toString());
    Assumptions.assumeTrue(status == 0, "no tmpfs can be mounted here");
    return new SmallDisk(folder);
  }

  /** The variables of a worker that works on it. */
  Map<String, String> variables(DioptraSite site) {
    Map<String, String> variables = new HashMap<>(site.workerEnvironment());
    variables.put("DIOPTRA_WORKDIR", folder.toString());
    return variables;
  }

  /** Writes a file of this size. */
  Path fill(int megabytes) throws IOException {
    return Files.write(folder.resolve("other"), new byte[megabytes << 20]);
  }

  @Override
  public void close() throws IOException {
    if (run("umount", folder.toString()) != 0) {
      throw new IOException(folder + " cannot be unmounted: something still runs there");
    }
  }

  private static int run(String... command) throws IOException {
    return new ProcessBuilder(command).inheritIO().start().onExit().join().exitValue();
  }
}
