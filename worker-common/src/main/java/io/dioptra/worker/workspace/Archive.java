package io.dioptra.worker.workspace;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

/**
 * Unpacks a tar.gz that came from elsewhere: plain files and folders only, nothing outside the
 * target, and no more than the limits.
 */
public final class Archive {
  private final long maxBytes;
  private final int maxEntries;

  /**
   * Sets the limits.
   *
   * @param maxBytes of all files together, unpacked
   * @param maxEntries of files and folders together
   */
  public Archive(long maxBytes, int maxEntries) {
    this.maxBytes = maxBytes;
    this.maxEntries = maxEntries;
  }

  /** Unpacks {@code archive} into {@code target}, which exists. */
  public void unpack(Path archive, Path target) throws IOException {
    try (InputStream file = new BufferedInputStream(Files.newInputStream(archive), 1 << 16);
        TarArchiveInputStream tar =
            new TarArchiveInputStream(new GzipCompressorInputStream(file), "UTF-8")) {
      long bytesLeft = maxBytes;
      int entries = 0;
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        if (++entries > maxEntries) {
          throw new RefusedArchiveException(archive, "it holds more than " + maxEntries + " files");
        }
        bytesLeft -= write(entry, tar, place(entry, archive, target), bytesLeft, archive);
      }
    }
  }

  private static Path place(TarArchiveEntry entry, Path archive, Path target)
      throws RefusedArchiveException {
    String name = entry.getName();
    if (!isPlain(entry)) {
      throw new RefusedArchiveException(archive, "\"" + name + "\" is a link or a device");
    }
    Path place = resolve(name, archive, target);
    boolean inside = entry.isDirectory() || !place.equals(target);
    if (name.startsWith("/") || !place.startsWith(target) || !inside) {
      throw new RefusedArchiveException(archive, "\"" + name + "\" leads out of its folder");
    }
    return place;
  }

  /** The library counts everything as a file that is no folder and no link. */
  private static boolean isPlain(TarArchiveEntry entry) {
    boolean link = entry.isLink() || entry.isSymbolicLink();
    boolean device = entry.isCharacterDevice() || entry.isBlockDevice() || entry.isFIFO();
    return entry.isDirectory() || (entry.isFile() && !link && !device);
  }

  private static Path resolve(String name, Path archive, Path target)
      throws RefusedArchiveException {
    try {
      return target.resolve(name.startsWith("/") ? name.substring(1) : name).normalize();
    } catch (InvalidPathException e) {
      throw new RefusedArchiveException(archive, "it holds a name that no file can have");
    }
  }

  private static long write(
      TarArchiveEntry entry, InputStream content, Path place, long limit, Path archive)
      throws IOException {
    if (entry.isDirectory()) {
      Files.createDirectories(place);
      return 0;
    }
    Path parent = place.getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    byte[] buffer = new byte[1 << 16];
    long written = 0;
    try (OutputStream file = Files.newOutputStream(place)) {
      for (int n = content.read(buffer); n >= 0; n = content.read(buffer)) {
        written += n;
        if (written > limit) {
          throw new RefusedArchiveException(archive, "it is larger than the limit when unpacked");
        }
        file.write(buffer, 0, n);
      }
    }
    return written;
  }
}
