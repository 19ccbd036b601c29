package io.dioptra.worker.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes a file into each folder that a worker in an image writes to. */
public final class FolderTrial {
  private static final String ADVICE =
      "mount a folder or a tmpfs there that the container's user may write";

  private final Map<String, Path> folders = new LinkedHashMap<>();

  /**
   * @param environment of the container
   */
  public FolderTrial(Map<String, String> environment) {
    folders.put("work folder", Path.of(environment.getOrDefault("DIOPTRA_WORKDIR", "/work")));
    folders.put("temporary folder", Path.of(environment.getOrDefault("TMPDIR", "/tmp")));
    folders.put("home folder", Path.of(environment.getOrDefault("HOME", "/")));
    folders.put("shared memory", Path.of("/dev/shm"));
  }

  List<Finding> examine() {
    return folders.entrySet().stream().map(it -> examine(it.getKey(), it.getValue())).toList();
  }

  private static Finding examine(String name, Path folder) {
    try {
      Files.delete(Files.createTempFile(folder, "doctor-", ""));
      return Finding.ok(name + " " + folder + " can be written");
    } catch (IOException e) {
      return Finding.error(name + " " + folder + " cannot be written: " + e, ADVICE);
    }
  }
}
