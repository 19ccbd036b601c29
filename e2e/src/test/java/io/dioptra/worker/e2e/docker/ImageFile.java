package io.dioptra.worker.e2e.docker;

import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;

/**
 * An entry of a layer.
 *
 * @param path absolute, without a slash at the end
 * @param link where a symbolic or hard link points, else empty
 * @param marks what of that which was looked for stands in it
 */
public record ImageFile(
    String path, Kind kind, int mode, Owner owner, long size, String link, Set<Mark> marks) {
  private static final int SET_ID_BITS = 06000;
  private static final int EXECUTABLE_BITS = 0111;
  private static final int PERMISSION_BITS = 07777;

  /** What an entry is. */
  public enum Kind {
    FILE,
    FOLDER,
    LINK,
    OTHER
  }

  /** User and group by number. */
  public record Owner(long user, long group) {
    @Override
    public String toString() {
      return user + ":" + group;
    }
  }

  public ImageFile {
    marks = Set.copyOf(marks);
  }

  static ImageFile of(TarArchiveEntry entry, Set<Mark> marks) {
    return new ImageFile(
        path(entry.getName()),
        kind(entry),
        entry.getMode() & PERMISSION_BITS,
        new Owner(entry.getLongUserId(), entry.getLongGroupId()),
        entry.getSize(),
        entry.getLinkName() == null ? "" : entry.getLinkName(),
        marks);
  }

  /** The last part of the path. */
  public String name() {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /** Whether whoever runs it becomes its user or group. */
  public boolean isSetId() {
    return kind == Kind.FILE && (mode & SET_ID_BITS) != 0;
  }

  public boolean isExecutable() {
    return kind == Kind.FILE && (mode & EXECUTABLE_BITS) != 0;
  }

  private static String path(String name) {
    String path = name.startsWith("./") ? name.substring(1) : name;
    String absolute = path.startsWith("/") ? path : "/" + path;
    return absolute.length() > 1 && absolute.endsWith("/")
        ? absolute.substring(0, absolute.length() - 1)
        : absolute;
  }

  private static Kind kind(TarArchiveEntry entry) {
    if (entry.isDirectory()) {
      return Kind.FOLDER;
    }
    if (entry.isSymbolicLink() || entry.isLink()) {
      return Kind.LINK;
    }
    return entry.isFile() ? Kind.FILE : Kind.OTHER;
  }

  @Override
  public String toString() {
    return path;
  }
}
