package io.dioptra.worker.image;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * A jar of ours as Maven packed it. Maven notes the permissions that files had on disk, so a user's
 * umask would be in the image.
 */
record OwnJar(Path packed) {
  /** Copies names, times and contents, in their order, and nothing else. */
  void copyTo(Path target) throws IOException {
    try (ZipFile source = new ZipFile(packed.toFile());
        ZipOutputStream copy = new ZipOutputStream(Files.newOutputStream(target))) {
      Enumeration<? extends ZipEntry> entries = source.entries();
      while (entries.hasMoreElements()) {
        ZipEntry entry = entries.nextElement();
        ZipEntry plain = new ZipEntry(entry.getName());
        // Without a time zone, unlike getTime.
        plain.setTimeLocal(entry.getTimeLocal());
        copy.putNextEntry(plain);
        try (InputStream content = source.getInputStream(entry)) {
          content.transferTo(copy);
        }
        copy.closeEntry();
      }
    }
  }
}
