package io.dioptra.worker.e2e.docker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.util.EnumSet;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The contents of the images, each read once in a run. Any thread may ask. */
public final class SavedImages {
  private static final Map<TestedImage, ImageContents> READ = new ConcurrentHashMap<>();

  private SavedImages() {}

  /** Reads the image through the engine; the first time it takes some seconds for each gigabyte. */
  public static ImageContents of(TestedImage image) {
    return READ.computeIfAbsent(image, SavedImages::read);
  }

  private static ImageContents read(TestedImage image) {
    try {
      Process save =
          new ProcessBuilder("docker", "save", image.reference())
              .redirectError(Redirect.INHERIT)
              .start();
      try (var stream = save.getInputStream()) {
        return ImageArchive.read(stream, EnumSet.allOf(Mark.class));
      } finally {
        save.destroy();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("The image " + image.reference() + " cannot be read", e);
    }
  }
}
