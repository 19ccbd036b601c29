package io.dioptra.worker.image.contents;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.cyclonedx.model.License;
import org.cyclonedx.model.LicenseChoice;
import org.cyclonedx.model.license.Expression;
import org.cyclonedx.util.LicenseResolver;

/** What packages call their licences, as SPDX identifiers where that is no guess. */
final class Licences {
  private static final Pattern OPERATORS = Pattern.compile("\\s+(?:AND|OR|WITH)\\s+|[()]");

  private Licences() {}

  /** The licences under these names; empty if there is no name. */
  static Optional<LicenseChoice> choice(List<String> names) {
    if (names.isEmpty()) {
      return Optional.empty();
    }
    LicenseChoice choice = new LicenseChoice();
    if (names.size() == 1 && isExpression(names.get(0))) {
      choice.setExpression(new Expression(names.get(0)));
    } else {
      names.stream().distinct().map(Licences::license).forEach(choice::addLicense);
    }
    return Optional.of(choice);
  }

  /** For people to read. */
  static String words(LicenseChoice choice) {
    if (choice.getExpression() != null) {
      return choice.getExpression().getValue();
    }
    return String.join(
        "; ",
        choice.getLicenses().stream()
            .map(licence -> licence.getId() != null ? licence.getId() : licence.getName())
            .toList());
  }

  /**
   * The identifier of a name, an identifier itself included. "BSD License" or "Apache License"
   * could be any of several: a name without a number never gets an identifier that has one.
   */
  static Optional<String> identifier(String name) {
    LicenseChoice found = LicenseResolver.resolve(name, false);
    if (found == null || found.getLicenses() == null || found.getLicenses().isEmpty()) {
      return Optional.empty();
    }
    return Optional.ofNullable(found.getLicenses().get(0).getId())
        .filter(id -> hasNumber(name) || !hasNumber(id));
  }

  /** Several identifiers with AND, OR, WITH between them, or a reference of the package's own. */
  static boolean isExpression(String text) {
    if (text.startsWith("LicenseRef-")) {
      return true;
    }
    List<String> parts = parts(text);
    return parts.size() > 1
        && parts.stream()
            .allMatch(
                part ->
                    part.startsWith("LicenseRef-")
                        || part.toLowerCase(Locale.ROOT).contains("-exception")
                        || identifier(part).filter(part::equalsIgnoreCase).isPresent());
  }

  static boolean isKnown(String name) {
    return identifier(name).isPresent() || isExpression(name);
  }

  private static List<String> parts(String text) {
    return OPERATORS
        .splitAsStream(text)
        .map(String::strip)
        .filter(part -> !part.isEmpty())
        .toList();
  }

  private static License license(String name) {
    License license = new License();
    identifier(name).ifPresentOrElse(license::setId, () -> license.setName(name));
    return license;
  }

  private static boolean hasNumber(String text) {
    return text.chars().anyMatch(Character::isDigit);
  }
}
