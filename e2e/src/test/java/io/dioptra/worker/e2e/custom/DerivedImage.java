package io.dioptra.worker.e2e.custom;

import io.dioptra.worker.e2e.docker.Program;
import io.dioptra.worker.e2e.docker.TestedImage;
import io.dioptra.worker.e2e.job.Probe;
import io.dioptra.worker.testing.TemporaryFolder;
import java.io.IOException;
import java.nio.file.Files;

/** An image with one more package, which is deleted when it is closed. */
record DerivedImage(String reference) implements AutoCloseable {
  /** Builds it with {@code docker build}, as users do. */
  static DerivedImage of(TestedImage image, String requirement, WheelIndex index)
      throws IOException, InterruptedException {
    String reference = "dioptra-e2e/custom:" + Probe.unique();
    try (TemporaryFolder folder = TemporaryFolder.create("derived");
        var dockerfile = DerivedImage.class.getResourceAsStream("Dockerfile")) {
      Files.copy(dockerfile, folder.path().resolve("Dockerfile"));
      Program.of(
              "docker",
              "build",
              "--network=host",
              "--force-rm",
              "--build-arg=WORKER=" + image.reference(),
              "--build-arg=PIP_INDEX_URL=" + index.address(),
              "--build-arg=PACKAGE=" + requirement,
              "--tag=" + reference,
              folder.path().toString())
          .output();
    }
    return new DerivedImage(reference);
  }

  @Override
  public void close() throws IOException {
    try {
      Program.of("docker", "rmi", "--force", reference).output();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted while " + reference + " was deleted", e);
    }
  }
}
