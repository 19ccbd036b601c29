package io.dioptra.worker.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads variables of one environment and collects what is wrong with them. */
final class Problems {
  private final Map<String, String> environment;
  private final List<String> found = new ArrayList<>();

  Problems(Map<String, String> environment) {
    this.environment = environment;
  }

  void add(String problem) {
    found.add(problem);
  }

  /** For what several readers may find. */
  void addOnce(String problem) {
    if (!found.contains(problem)) {
      found.add(problem);
    }
  }

  void throwIfAny() throws ConfigException {
    if (!found.isEmpty()) {
      throw new ConfigException(found);
    }
  }

  /** The variable's value; empty where it is not set or has no characters. */
  Optional<String> optional(String name) {
    return Optional.ofNullable(environment.get(name)).filter(value -> !value.isEmpty());
  }

  /** Whether the variable is set, to nothing. */
  boolean isEmpty(String name) {
    return "".equals(environment.get(name));
  }

  boolean isSet(String name) {
    return environment.containsKey(name);
  }

  /** The variable's value, or a problem and an empty text. */
  String required(String name, String expected) {
    Optional<String> value = optional(name);
    if (value.isEmpty()) {
      add(name + " is not set. Expected " + expected + ".");
    }
    return value.orElse("");
  }

  /** A URL of one of the schemes; a placeholder and a problem where it is none. */
  URI url(String name, String text, Set<String> schemes, String example) {
    try {
      URI uri = new URI(text);
      if (uri.getScheme() != null
          && schemes.contains(uri.getScheme())
          && uri.getRawAuthority() != null) {
        return uri;
      }
    } catch (URISyntaxException _) {
      // Told below; the exception's own text would repeat the value and with it a password.
    }
    if (!text.isEmpty()) {
      add(name + " is not a usable URL. Expected " + example + ".");
    }
    return URI.create("invalid://invalid");
  }

  boolean flag(String name) {
    return optional(name)
        .map(value -> value.equalsIgnoreCase("true") || value.equals("1"))
        .orElse(false);
  }
}
