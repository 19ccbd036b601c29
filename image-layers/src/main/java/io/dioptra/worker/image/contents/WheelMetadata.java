package io.dioptra.worker.image.contents;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/** The headers of a METADATA file, by their names in lower case, in the order of the file. */
record WheelMetadata(Map<String, List<String>> headers) {
  private static final String CLASSIFIER = "License ::";
  private static final String VAGUE = "Other/Proprietary License";

  static WheelMetadata read(Path file) throws IOException {
    Map<String, List<String>> headers = new TreeMap<>();
    List<String> values = new ArrayList<>();
    for (String line :
        new String(Files.readAllBytes(file), StandardCharsets.UTF_8).split("\r?\n")) {
      if (line.isEmpty()) {
        break; // The description follows.
      }
      int colon = line.indexOf(':');
      if (Character.isWhitespace(line.charAt(0))) {
        int last = values.size() - 1;
        if (last >= 0) {
          values.set(last, values.get(last) + "\n" + line.strip());
        }
      } else if (colon > 0) {
        String name = line.substring(0, colon).toLowerCase(Locale.ROOT);
        values = headers.computeIfAbsent(name, key -> new ArrayList<>());
        values.add(line.substring(colon + 1).strip());
      }
    }
    return new WheelMetadata(headers);
  }

  String name() {
    return first("name");
  }

  String version() {
    return first("version");
  }

  String summary() {
    return first("summary");
  }

  /**
   * What the package says of its licence, the most exact first: an expression, a known name, the
   * classifiers of the package index, any name. Some put the whole text where the name should be.
   */
  List<String> licences() {
    String expression = first("license-expression");
    if (!expression.isEmpty()) {
      return List.of(expression);
    }
    String licence = first("license");
    String name = licence.lines().findFirst().orElse("").strip();
    if (Licences.isKnown(name)) {
      return List.of(name);
    }
    List<String> classifiers = classifiers();
    boolean isName = !name.isEmpty() && name.equals(licence) && !name.equalsIgnoreCase("unknown");
    boolean isVague = classifiers.isEmpty() || classifiers.equals(List.of(VAGUE));
    return isName && isVague ? List.of(name) : classifiers;
  }

  private List<String> classifiers() {
    return headers.getOrDefault("classifier", List.of()).stream()
        .filter(classifier -> classifier.startsWith(CLASSIFIER))
        .map(classifier -> classifier.substring(classifier.lastIndexOf("::") + 2).strip())
        .filter(Predicate.not("OSI Approved"::equals))
        .toList();
  }

  private String first(String header) {
    return headers.getOrDefault(header, List.of("")).get(0);
  }
}
