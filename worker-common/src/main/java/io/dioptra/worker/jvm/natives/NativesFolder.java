package io.dioptra.worker.jvm.natives;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where JavaCPP unpacks native libraries. It compares length and time of what it finds there as
 * long as the process lives. So the folder stays, and is deleted by the next process; but what is
 * loaded is replaced by a file of that length without content, as the JVM task host ends without a
 * warning.
 */
record NativesFolder(Path folder) {
  private static final Logger LOG = LoggerFactory.getLogger(NativesFolder.class);
  private static final String PREFIX = "dioptra-javacpp-";
  private static final Pattern NAME = Pattern.compile(PREFIX + "(\\d{1,18})-\\d+");

  static NativesFolder create(Path temporary) throws IOException {
    deleteThoseLeft(temporary);
    String prefix = PREFIX + ProcessHandle.current().pid() + "-";
    return new NativesFolder(Files.createTempDirectory(temporary, prefix));
  }

  private static void deleteThoseLeft(Path temporary) throws IOException {
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(temporary, PREFIX + "*")) {
      for (Path folder : folders) {
        Matcher name = NAME.matcher(folder.getFileName().toString());
        if (name.matches() && ProcessHandle.of(Long.parseLong(name.group(1))).isEmpty()) {
          delete(folder);
        }
      }
    }
  }

  private static void delete(Path folder) {
    try {
      new Unpacked(folder).close();
    } catch (IOException | UncheckedIOException e) {
      LOG.debug("{} is another user's, or being deleted: {}", folder, e.toString());
    }
  }

  /** Gives the room on the disk back that the libraries take which are loaded. */
  void empty() throws IOException {
    String loaded = Files.readString(Path.of("/proc/self/maps"));
    try (Stream<Path> walk = Files.walk(folder)) {
      List<Path> files = walk.filter(it -> loaded.contains(it + "\n")).toList();
      for (Path file : files) {
        FileTime time = Files.getLastModifiedTime(file);
        long length = Files.size(file);
        // What is mapped keeps its content, without a name.
        Files.delete(file);
        try (RandomAccessFile hollow = new RandomAccessFile(file.toFile(), "rw")) {
          hollow.setLength(length);
        }
        Files.setLastModifiedTime(file, time);
      }
    }
  }
}
