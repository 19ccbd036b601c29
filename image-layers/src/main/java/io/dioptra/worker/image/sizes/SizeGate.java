package io.dioptra.worker.image.sizes;

import static io.dioptra.worker.image.sizes.Line.grouped;

import io.dioptra.worker.image.sizes.Finding.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Compares an image with images.lock.md: nothing grows without somebody having seen it. */
public record SizeGate(SizeLock lock) {
  static final double TOLERANCE = 0.05;

  /** Registries and engines get slow with larger layers, or refuse them. */
  static final long LARGEST_LAYER = 4_000_000_000L;

  public List<Finding> findings(ImageSize image) {
    List<Finding> findings = new ArrayList<>();
    for (LayerSize size : image.layers()) {
      finding(image.image(), size).ifPresent(findings::add);
    }
    for (Line line : lock.lines(image.image())) {
      if (line.isTotal()) {
        goal(image, line).ifPresent(findings::add);
      } else if (!image.has(line.layer()) && !line.layer().equals(LayerSize.BASE)) {
        findings.add(finding(Kind.SHRANK, line.layer(), "has a line and is not in the image"));
      }
    }
    return findings;
  }

  /** The file as it is with what was accepted; unchanged if there was nothing to accept. */
  public SizeLock accepting(ImageSize image, Acceptance acceptance) {
    List<Finding> findings = findings(image);
    return switch (acceptance) {
      case NOTHING -> lock;
      case EVERYTHING -> lock.with(image, size -> false);
      case NEW ->
          findings.stream().noneMatch(acceptance::covers)
              ? lock
              : lock.with(image, size -> findings.stream().noneMatch(one -> isNew(one, size)));
    };
  }

  private static boolean isNew(Finding finding, LayerSize size) {
    return finding.kind() == Kind.UNKNOWN && finding.layer().equals(size.layer());
  }

  private Optional<Finding> finding(String image, LayerSize size) {
    String bytes = "has " + grouped(size.bytes()) + " bytes";
    if (size.bytes() > LARGEST_LAYER && !size.layer().equals(LayerSize.BASE)) {
      return Optional.of(
          finding(
              Kind.TOO_LARGE,
              size.layer(),
              bytes + ", and no layer may have more than " + grouped(LARGEST_LAYER)));
    }
    Optional<Line> line = lock.line(image, size.layer()).filter(one -> !one.guess());
    if (line.isEmpty()) {
      return Optional.of(finding(Kind.UNKNOWN, size.layer(), bytes + " and no measured line yet"));
    }
    return change(size, line.get().bytes());
  }

  private static Optional<Finding> change(LayerSize size, long accepted) {
    long difference = size.bytes() - accepted;
    if (Math.abs(difference) <= accepted * TOLERANCE) {
      return Optional.empty();
    }
    return Optional.of(
        finding(
            difference > 0 ? Kind.GREW : Kind.SHRANK,
            size.layer(),
            String.format(
                Locale.ROOT,
                "has %,d bytes, %,d (%.1f %%) %s than accepted",
                size.bytes(),
                Math.abs(difference),
                100.0 * Math.abs(difference) / Math.max(1, accepted),
                difference > 0 ? "more" : "less")));
  }

  private Optional<Finding> goal(ImageSize image, Line line) {
    long total = lock.total(image);
    return line.goalBytes()
        .filter(goal -> total > goal)
        .map(goal -> finding(Kind.OVER_GOAL, Line.TOTAL, overGoal(total, goal)));
  }

  private static String overGoal(long total, long goal) {
    return "all layers have "
        + grouped(total)
        + " bytes, "
        + grouped(total - goal)
        + " more than the goal";
  }

  private static Finding finding(Kind kind, String layer, String text) {
    String subject = layer.equals(Line.TOTAL) ? "" : "layer " + layer + " ";
    return new Finding(kind, layer, subject + text);
  }
}
