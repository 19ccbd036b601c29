package io.dioptra.worker.image.contents;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/**
 * The licences that poms in Maven's local repository state. A pom without any has those of its
 * parent, and Maven had to fetch both to know what a jar needs.
 */
public record PomLicences(Path repository) {
  /** The names, or where a licence has none the addresses, as the poms give them. */
  List<String> of(String group, String name, String version) throws IOException {
    Path pom =
        repository
            .resolve(group.replace('.', '/'))
            .resolve(name)
            .resolve(version)
            .resolve(name + "-" + version + ".pom");
    if (!Files.exists(pom)) {
      return List.of();
    }
    Element project = parse(pom);
    List<String> licences = licences(project);
    Optional<Element> parent = child(project, "parent");
    return licences.isEmpty() && parent.isPresent()
        ? of(
            text(parent.get(), "groupId"),
            text(parent.get(), "artifactId"),
            text(parent.get(), "version"))
        : licences;
  }

  private static List<String> licences(Element project) {
    List<String> names = new ArrayList<>();
    child(project, "licenses").map(PomLicences::children).orElse(List.of()).stream()
        .map(
            licence ->
                text(licence, "name").isEmpty() ? text(licence, "url") : text(licence, "name"))
        .filter(Predicate.not(String::isEmpty))
        .forEach(names::add);
    return names;
  }

  private static Element parse(Path pom) throws IOException {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      DocumentBuilder builder = factory.newDocumentBuilder();
      builder.setErrorHandler(new DefaultHandler()); // It throws what the default one prints.
      return builder.parse(pom.toFile()).getDocumentElement();
    } catch (SAXException | ParserConfigurationException e) {
      throw new IOException(pom + " is not a pom: " + e.getMessage(), e);
    }
  }

  private static String text(Element parent, String name) {
    return child(parent, name).map(Element::getTextContent).orElse("").strip();
  }

  private static Optional<Element> child(Element parent, String name) {
    return children(parent).stream().filter(one -> one.getTagName().equals(name)).findFirst();
  }

  private static List<Element> children(Element parent) {
    List<Element> elements = new ArrayList<>();
    for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node instanceof Element element) {
        elements.add(element);
      }
    }
    return elements;
  }
}
