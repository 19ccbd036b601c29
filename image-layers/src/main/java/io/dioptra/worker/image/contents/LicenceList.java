package io.dioptra.worker.image.contents;

import java.util.Optional;
import org.cyclonedx.model.Component;

/** The parts of an image with their licences, for people. */
public record LicenceList(BillOfMaterials bill) {
  private static final String NOT_STATED = "not stated, see its own files";

  public String markdown() {
    StringBuilder text = new StringBuilder();
    text.append("# Licences of what is in ").append(bill.image().getName()).append("\n\n");
    text.append(
        """
        As the packages state them; the same is in `sbom.cdx.json` beside this file. The texts: for Python packages in
        `/opt/venv/lib/python3.11/site-packages/*.dist-info`, for libraries of Java in their jars in `/opt/dioptra/lib`,
        for Java in `/opt/dioptra/java/legal`, for Debian's packages in `/usr/share/doc/*/copyright`. The worker itself:
        `LICENSE` beside this file.

        | Part | Version | Licence |
        |---|---|---|
        """);
    for (Component part : bill.parts()) {
      text.append("| ").append(cell(name(part)));
      text.append(" | ").append(cell(Optional.ofNullable(part.getVersion()).orElse("")));
      text.append(" | ").append(cell(licence(part))).append(" |\n");
    }
    return text.toString();
  }

  private static String name(Component part) {
    return Optional.ofNullable(part.getGroup()).map(group -> group + ":").orElse("")
        + part.getName();
  }

  private static String licence(Component part) {
    if (part.getType() == Component.Type.CONTAINER) {
      return "of its packages, see `/usr/share/doc/*/copyright`";
    }
    return Optional.ofNullable(part.getLicenses()).map(Licences::words).orElse(NOT_STATED);
  }

  private static String cell(String text) {
    return text.replace("|", "\\|").replaceAll("\\s+", " ");
  }
}
