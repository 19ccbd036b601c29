package io.dioptra.worker.api;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The version of the REST API.
 *
 * @param text as the API says it, for people
 */
public record ApiVersion(int major, int minor, String text) {
  private static final Pattern START = Pattern.compile("(\\d{1,6})\\.(\\d{1,6})");

  /** Reads {@code 1.2.2} and the like; what does not look like that is 0.0. */
  static ApiVersion of(String text) {
    Matcher matcher = START.matcher(text);
    return matcher.lookingAt()
        ? new ApiVersion(
            Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)), text)
        : new ApiVersion(0, 0, text);
  }

  /** Whether the API renders a job's configuration itself (since 1.2). */
  public boolean rendersConfigurations() {
    return major > 1 || (major == 1 && minor >= 2);
  }
}
