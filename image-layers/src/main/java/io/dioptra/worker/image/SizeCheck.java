package io.dioptra.worker.image;

import io.dioptra.worker.image.sizes.Acceptance;
import io.dioptra.worker.image.sizes.Finding;
import io.dioptra.worker.image.sizes.ImageSize;
import io.dioptra.worker.image.sizes.LayerSize;
import io.dioptra.worker.image.sizes.SizeGate;
import io.dioptra.worker.image.sizes.SizeLock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Stops the build of an image that grew, unless the person who builds it accepts that. */
record SizeCheck(Build build) {
  static final String PROPERTY = "image.sizes";

  /** One image at a time: where several are built at once, each changes its lines of one file. */
  void check(String variant, BaseImage base, List<LayerFolder> layers)
      throws IOException, BuildFailure {
    ImageSize measured = measure(variant, base, layers);
    synchronized (SizeCheck.class) {
      Path file = build.checkout().resolve(SizeLock.NAME);
      SizeGate gate = new SizeGate(SizeLock.read(file));
      Acceptance acceptance = acceptance();
      List<Finding> findings = gate.findings(measured);
      stopAt(findings.stream().filter(one -> one.stops(acceptance)).toList(), variant);
      findings.stream().filter(one -> !one.isFailure()).forEach(one -> warn(variant, one));
      gate.accepting(measured, acceptance).write(file);
    }
  }

  private static ImageSize measure(String variant, BaseImage base, List<LayerFolder> layers)
      throws IOException {
    List<LayerSize> sizes = new ArrayList<>();
    base.bytes().ifPresent(bytes -> sizes.add(new LayerSize(LayerSize.BASE, bytes)));
    for (LayerFolder layer : layers) {
      sizes.add(new LayerSize(layer.name(), layer.bytes()));
    }
    return new ImageSize(variant, sizes);
  }

  private Acceptance acceptance() throws BuildFailure {
    String text = build.properties().getProperty(PROPERTY, "");
    return Acceptance.of(text)
        .orElseThrow(
            () ->
                new BuildFailure(
                    "-D" + PROPERTY + "=" + text + " means nothing: accept or accept-new does."));
  }

  private static void stopAt(List<Finding> failures, String variant) throws BuildFailure {
    if (!failures.isEmpty()) {
      throw new BuildFailure(
          failures.stream()
              .map(failure -> "\n  " + failure.text() + ".")
              .collect(
                  Collectors.joining(
                      "",
                      "The sizes of " + variant + " are not those of " + SizeLock.NAME + ":",
                      "\nTo accept them, build with -D"
                          + PROPERTY
                          + "=accept and commit the file that this changes.")));
    }
  }

  private void warn(String variant, Finding finding) {
    build.warn(variant + ": " + finding.text() + " (" + SizeLock.NAME + ").");
  }
}
