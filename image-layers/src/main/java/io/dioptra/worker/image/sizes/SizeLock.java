package io.dioptra.worker.image.sizes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** images.lock.md: the sizes that somebody accepted, and whatever text is around them. */
public final class SizeLock {
  public static final String NAME = "images.lock.md";

  private final List<String> texts;

  private SizeLock(List<String> texts) {
    this.texts = List.copyOf(texts);
  }

  public static SizeLock read(Path file) throws IOException {
    return new SizeLock(Files.readAllLines(file));
  }

  public void write(Path file) throws IOException {
    Files.write(file, texts);
  }

  List<Line> lines(String image) {
    return texts.stream()
        .flatMap(text -> Line.parse(text).stream())
        .filter(line -> line.image().equals(image))
        .toList();
  }

  Optional<Line> line(String image, String layer) {
    return lines(image).stream().filter(line -> line.layer().equals(layer)).findFirst();
  }

  /**
   * The bytes of the whole image; those of a base image that was not measured are the accepted
   * ones.
   */
  long total(ImageSize image) {
    Optional<Line> base =
        image.has(LayerSize.BASE) ? Optional.empty() : line(image.image(), LayerSize.BASE);
    return image.bytes() + base.map(Line::bytes).orElse(0L);
  }

  /**
   * The file with the lines of this image as measured, except of the layers to keep. The base image
   * keeps its line where it was not measured; goals stay.
   */
  SizeLock with(ImageSize measured, Predicate<LayerSize> keep) {
    String image = measured.image();
    List<Line> lines = new ArrayList<>();
    if (!measured.has(LayerSize.BASE)) {
      line(image, LayerSize.BASE).ifPresent(lines::add);
    }
    for (LayerSize size : measured.layers()) {
      Optional<Line> known = keep.test(size) ? line(image, size.layer()) : Optional.empty();
      lines.add(known.orElseGet(() -> Line.of(image, size)));
    }
    lines.add(
        line(image, Line.TOTAL)
            .orElse(new Line(image, Line.TOTAL, 0, false, "", ""))
            .withBytes(
                lines.stream().mapToLong(Line::bytes).sum(), lines.stream().anyMatch(Line::guess)));
    return replacing(image, lines);
  }

  private SizeLock replacing(String image, List<Line> lines) {
    List<String> result = new ArrayList<>();
    int place = -1;
    for (String text : texts) {
      Optional<Line> line = Line.parse(text);
      if (line.isPresent() && line.get().image().equals(image)) {
        place = place < 0 ? result.size() : place;
      } else {
        result.add(text);
      }
    }
    result.addAll(place < 0 ? end(result) : place, lines.stream().map(Line::text).toList());
    return new SizeLock(result);
  }

  /** The end of the table, where a new image goes. */
  private static int end(List<String> texts) {
    int end = 0;
    for (int at = 0; at < texts.size(); at++) {
      if (texts.get(at).startsWith("|")) {
        end = at + 1;
      }
    }
    return end;
  }
}
