package io.dioptra.worker.image;

import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import com.google.cloud.tools.jib.api.buildplan.FileEntry;
import com.google.cloud.tools.jib.api.buildplan.FilePermissions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** A layer as a folder whose tree goes to the root of the image. */
record LayerFolder(String name, Path root) {
  /** The user whose account the official images have; a derived image runs pip as this user. */
  private static final String DIOPTRA = "39000:100";

  private static final Set<String> OF_DIOPTRA =
      Set.of("/opt/venv", "/home/dioptra", "/work", "/dioptra/data");

  /** Folders that job code and users other than {@link #DIOPTRA} have to write, too. */
  private static final Set<String> OPEN = Set.of("/home/dioptra", "/work");

  /** Folders of the base image, whose owner and permissions are its own matter. */
  private static final Set<String> OF_BASE =
      Set.of(
          "/",
          "/etc",
          "/home",
          "/opt",
          "/usr",
          "/usr/local",
          "/usr/local/bin",
          "/usr/share",
          "/usr/share/doc");

  /** What all files have; the class archive remembers that of the jars. */
  static final Instant TIME = Instant.ofEpochSecond(1);

  FileEntriesLayer toLayer() throws IOException {
    FileEntriesLayer.Builder layer = FileEntriesLayer.builder().setName(name);
    try (Stream<Path> walk = Files.walk(root)) {
      for (Path source : walk.sorted().toList()) {
        String target = "/" + root.relativize(source);
        if (!OF_BASE.contains(target)) {
          layer.addEntry(
              new FileEntry(
                  source,
                  AbsoluteUnixPath.get(target),
                  permissions(source, target),
                  TIME,
                  owner(target)));
        }
      }
    }
    return layer.build();
  }

  /** The bytes of its regular files; Jib copies what a symbolic link points to. */
  long bytes() throws IOException {
    long bytes = 0;
    try (Stream<Path> walk = Files.walk(root)) {
      for (Path file : walk.filter(Files::isRegularFile).toList()) {
        bytes += Files.size(file);
      }
    }
    return bytes;
  }

  private static FilePermissions permissions(Path source, String target) {
    if (OPEN.contains(target)) {
      return FilePermissions.fromOctalString("777");
    }
    return FilePermissions.fromOctalString(Files.isExecutable(source) ? "755" : "644");
  }

  private static String owner(String target) {
    boolean dioptra =
        OF_DIOPTRA.stream().anyMatch(path -> target.equals(path) || target.startsWith(path + "/"));
    return dioptra ? DIOPTRA : "0:0";
  }

  static LayerFolder parse(String line) {
    List<String> parts = List.of(line.split("\t", 2));
    return new LayerFolder(parts.get(0), Path.of(parts.get(1)));
  }
}
