package io.dioptra.worker.jvm.natives;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * JavaCPP, on which more than one library of tasks stands. A process has one of it, which reads its
 * settings once and keeps to them: so all libraries give it the same, whichever comes first.
 *
 * @param folder where it unpacks native libraries
 * @param kept whether a site has named the folder, and wants to keep what is there
 */
public record JavaCpp(Path folder, boolean kept) {
  /** Its setting for the folder; a site may name one that the next process finds filled. */
  public static final String FOLDER = "org.bytedeco.javacpp.cachedir";

  /** Fails if it holds more than this: by default, as much as the heap. */
  private static final String MOST = "org.bytedeco.javacpp.maxBytes";

  /** Fails if the process has more than this: arrays shared with Python would count. */
  private static final String MOST_OF_PROCESS = "org.bytedeco.javacpp.maxPhysicalBytes";

  private static final String OURS = "dioptra.javacpp.folder";

  /** Prepares it: before any of its classes is used, and as often as one likes. */
  public static JavaCpp prepared() throws IOException {
    synchronized (JavaCpp.class) {
      System.getProperties().putIfAbsent(MOST, "0");
      System.getProperties().putIfAbsent(MOST_OF_PROCESS, "0");
      String ours = System.getProperty(OURS);
      if (ours != null) {
        return new JavaCpp(Path.of(ours), false);
      }
      String named = System.getProperty(FOLDER);
      if (named != null) {
        return new JavaCpp(Files.createDirectories(Path.of(named)), true);
      }
      Path folder = NativesFolder.create(Path.of(System.getProperty("java.io.tmpdir"))).folder();
      System.setProperty(OURS, folder.toString());
      System.setProperty(FOLDER, folder.toString());
      return new JavaCpp(folder, false);
    }
  }

  /** To be called when libraries are loaded: gives the room on the disk back that they take. */
  public void loaded() throws IOException {
    if (!kept) {
      new NativesFolder(folder).empty();
    }
  }
}
