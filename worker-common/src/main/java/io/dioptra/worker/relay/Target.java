package io.dioptra.worker.relay;

import java.net.URI;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a request is for, in the one way in which it can be read: what is checked here is what is
 * sent on. No path of Dioptra's API needs an escape, so a path with one is none of its paths.
 *
 * @param path without the first slash; a last one is kept
 * @param query as it stands in the URL
 */
record Target(String path, Optional<String> query) {
  private static final String API = "api/v1/";
  private static final int LONGEST = 2048;
  private static final Pattern SEGMENT = Pattern.compile("[A-Za-z0-9_.~-]+");

  /** Empty where the path could be read in more than one way. */
  static Optional<Target> of(URI uri) {
    String path = uri.getRawPath();
    if (uri.isOpaque()
        || uri.getRawAuthority() != null
        || path.length() > LONGEST
        || !path.startsWith("/")) {
      return Optional.empty();
    }
    String rest = path.substring(1);
    return isPlain(rest)
        ? Optional.of(new Target(rest, Optional.ofNullable(uri.getRawQuery())))
        : Optional.empty();
  }

  private static boolean isPlain(String path) {
    String segments = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    if (segments.isEmpty()) {
      return path.isEmpty();
    }
    for (String segment : segments.split("/", -1)) {
      if (!SEGMENT.matcher(segment).matches() || segment.equals(".") || segment.equals("..")) {
        return false;
      }
    }
    return true;
  }

  /** The path below {@code /api/v1/}; empty where it is not there. */
  Optional<String> inApi() {
    return path.startsWith(API) ? Optional.of(path.substring(API.length())) : Optional.empty();
  }

  @Override
  public String toString() {
    return "/" + path;
  }
}
