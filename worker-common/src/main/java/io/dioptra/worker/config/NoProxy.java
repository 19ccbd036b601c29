package io.dioptra.worker.config;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The hosts that are asked without a proxy, as Python's {@code requests} reads {@code NO_PROXY}:
 * names with all below them, with or without a port, addresses, networks such as {@code
 * 10.0.0.0/8}, or {@code *} for all.
 */
public record NoProxy(List<String> entries) {
  private static final Pattern IPV4 =
      Pattern.compile("(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})");
  private static final int BITS = 32;

  public NoProxy {
    entries = List.copyOf(entries);
  }

  static NoProxy parse(String text) {
    return new NoProxy(
        Stream.of(text.split(","))
            .map(it -> it.replace(" ", "").toLowerCase(Locale.ROOT).replaceFirst("^\\.+", ""))
            .filter(it -> !it.isEmpty())
            .toList());
  }

  /**
   * @param host an IPv6 address without its brackets
   */
  boolean covers(String host, int port) {
    String name = host.toLowerCase(Locale.ROOT);
    return entries.stream().anyMatch(entry -> covers(entry, name, port));
  }

  private static boolean covers(String entry, String host, int port) {
    if (entry.equals("*")) {
      return true;
    }
    if (IPV4.matcher(host).matches()) {
      return entry.equals(host) || entry.equals(host + ":" + port) || isInNetwork(entry, host);
    }
    return Stream.of(host, host + ":" + port)
        .anyMatch(name -> name.equals(entry) || name.endsWith("." + entry));
  }

  private static boolean isInNetwork(String entry, String host) {
    String[] parts = entry.split("/", 2);
    if (parts.length < 2
        || !parts[1].matches("\\d{1,2}")
        || !IPV4.matcher(parts[0]).matches()
        || Integer.parseInt(parts[1]) > BITS) {
      return false;
    }
    long mask = -1L << (BITS - Integer.parseInt(parts[1]));
    return (number(parts[0]) & mask) == (number(host) & mask);
  }

  private static long number(String address) {
    Matcher parts = IPV4.matcher(address);
    long number = 0;
    for (int i = 1; parts.matches() && i <= parts.groupCount(); i++) {
      number = number << 8 | Integer.parseInt(parts.group(i));
    }
    return number;
  }
}
