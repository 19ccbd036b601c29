package io.dioptra.worker.tracking;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The content type that MLflow's client guesses from a file's name. */
final class ContentTypes {
  /** Python 3.11's table, as far as results of jobs are concerned. */
  private static final Map<String, String> BY_EXTENSION =
      Map.ofEntries(
          Map.entry("avi", "video/x-msvideo"),
          Map.entry("bin", "application/octet-stream"),
          Map.entry("bmp", "image/bmp"),
          Map.entry("css", "text/css"),
          Map.entry("csv", "text/csv"),
          Map.entry("gif", "image/gif"),
          Map.entry("h5", "application/x-hdf5"),
          Map.entry("htm", "text/html"),
          Map.entry("html", "text/html"),
          Map.entry("jpeg", "image/jpeg"),
          Map.entry("jpg", "image/jpeg"),
          Map.entry("js", "text/javascript"),
          Map.entry("json", "application/json"),
          Map.entry("mp4", "video/mp4"),
          Map.entry("nc", "application/x-netcdf"),
          Map.entry("pdf", "application/pdf"),
          Map.entry("png", "image/png"),
          Map.entry("ps", "application/postscript"),
          Map.entry("py", "text/x-python"),
          Map.entry("svg", "image/svg+xml"),
          Map.entry("tar", "application/x-tar"),
          Map.entry("tex", "application/x-tex"),
          Map.entry("tif", "image/tiff"),
          Map.entry("tiff", "image/tiff"),
          Map.entry("tsv", "text/tab-separated-values"),
          Map.entry("txt", "text/plain"),
          Map.entry("wav", "audio/x-wav"),
          Map.entry("xml", "text/xml"),
          Map.entry("zip", "application/zip"));

  private ContentTypes() {}

  /** Empty where the name tells nothing. */
  static Optional<String> guess(String name) {
    int dot = name.lastIndexOf('.');
    return dot <= name.lastIndexOf('/') + 1
        ? Optional.empty()
        : Optional.ofNullable(BY_EXTENSION.get(name.substring(dot + 1).toLowerCase(Locale.ROOT)));
  }
}
