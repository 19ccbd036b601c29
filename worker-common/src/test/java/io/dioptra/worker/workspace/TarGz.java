package io.dioptra.worker.workspace;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;

/** An archive with whatever entries a test wants in it. */
final class TarGz {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final TarArchiveOutputStream tar;

  TarGz() throws IOException {
    tar = new TarArchiveOutputStream(new GzipCompressorOutputStream(bytes));
    tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
  }

  TarGz file(String name, String text) throws IOException {
    return file(name, text.getBytes(StandardCharsets.UTF_8));
  }

  TarGz file(String name, byte[] content) throws IOException {
    // The flag keeps a leading slash, which is taken off otherwise.
    TarArchiveEntry entry = new TarArchiveEntry(name, true);
    entry.setSize(content.length);
    tar.putArchiveEntry(entry);
    tar.write(content);
    tar.closeArchiveEntry();
    return this;
  }

  TarGz folder(String name) throws IOException {
    return special(name, TarConstants.LF_DIR, "");
  }

  TarGz symbolicLink(String name, String target) throws IOException {
    return special(name, TarConstants.LF_SYMLINK, target);
  }

  TarGz hardLink(String name, String target) throws IOException {
    return special(name, TarConstants.LF_LINK, target);
  }

  TarGz device(String name) throws IOException {
    return special(name, TarConstants.LF_CHR, "");
  }

  TarGz pipe(String name) throws IOException {
    return special(name, TarConstants.LF_FIFO, "");
  }

  Path writeTo(Path file) throws IOException {
    tar.close();
    return Files.write(file, bytes.toByteArray());
  }

  private TarGz special(String name, byte kind, String target) throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(name, kind, true);
    entry.setLinkName(target);
    tar.putArchiveEntry(entry);
    tar.closeArchiveEntry();
    return this;
  }
}
