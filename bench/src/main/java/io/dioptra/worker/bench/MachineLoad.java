package io.dioptra.worker.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** How busy the machine is: without it no measurement can be judged. */
public record MachineLoad(int cores, String averages) {
  public static MachineLoad now() throws IOException {
    String[] fields = Files.readString(Path.of("/proc/loadavg")).split(" ", 4);
    return new MachineLoad(
        Runtime.getRuntime().availableProcessors(), fields[0] + " " + fields[1] + " " + fields[2]);
  }

  @Override
  public String toString() {
    return "load of 1, 5 and 15 minutes: " + averages + " on " + cores + " cores";
  }
}
