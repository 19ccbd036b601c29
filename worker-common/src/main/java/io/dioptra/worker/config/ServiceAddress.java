package io.dioptra.worker.config;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a server of the site listens. Prints as it is written on a command line.
 *
 * @param host a name or an address, an IPv6 address without its brackets
 */
public record ServiceAddress(String host, int port) {
  private static final Pattern FORM =
      Pattern.compile(
          "(?:\\[(?<literal>[0-9A-Fa-f:.%\\w]+)]|(?<name>[^:/@\\[\\]\\s]+)):(\\d{1,5})");
  private static final int LAST_PORT = 65_535;

  /**
   * Reads {@code HOST:PORT}, with an IPv6 address in brackets.
   *
   * @throws IllegalArgumentException if it is anything else
   */
  public static ServiceAddress parse(String text) {
    Matcher parts = FORM.matcher(text);
    int port = parts.matches() ? Integer.parseInt(parts.group(3)) : 0;
    if (port < 1 || port > LAST_PORT) {
      throw new IllegalArgumentException(
          "\"%s\" is not HOST:PORT, such as redis:6379 or [::1]:6379".formatted(text));
    }
    return new ServiceAddress(
        Optional.ofNullable(parts.group("name")).orElseGet(() -> parts.group("literal")), port);
  }

  @Override
  public String toString() {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }
}
