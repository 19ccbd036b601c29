package io.dioptra.worker.e2e.custom;

import static org.assertj.core.api.Assertions.assertThat;

import io.dioptra.worker.e2e.container.WorkerContainer;
import io.dioptra.worker.e2e.docker.NeedsImage;
import io.dioptra.worker.e2e.docker.Program;
import io.dioptra.worker.e2e.docker.Program.Ended;
import io.dioptra.worker.e2e.docker.TestedImage;
import io.dioptra.worker.e2e.job.Probe;
import io.dioptra.worker.testing.DioptraSite;
import io.dioptra.worker.testing.SharedSite;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;

/** {@code FROM} one of our images, {@code RUN pip install}. */
@ExtendWith(SharedSite.class)
@TestInstance(Lifecycle.PER_CLASS)
class CustomImageIT {
  private static final String QUEUE = "e2e-custom";

  private WheelIndex index;

  @BeforeAll
  void open() throws Exception {
    index = WheelIndex.open();
  }

  @AfterAll
  void close() {
    index.close();
  }

  @Test
  void itsQueueGetsJobsThatNeedItsPackage(DioptraSite site) throws Exception {
    Probe probe = Probe.on(site.client(), site.client().createQueue(QUEUE), QUEUE);
    try (DerivedImage image = DerivedImage.of(TestedImage.smallest(), "pyfiglet==1.0.4", index);
        WorkerContainer worker = WorkerContainer.of(image.reference(), site)) {
      worker.start();
      assertThat(probe.finished("import", "pyfiglet")).contains("pyfiglet 1.0.4.");
      Ended doctor = doctor(image);
      assertThat(doctor.status()).as(doctor.output()).isZero();
    }
  }

  @Test
  void pipKeepsWhatTheImageHas() throws Exception {
    // The index has numpy 2; a package that is content with the image's must not bring it.
    try (DerivedImage image = DerivedImage.of(TestedImage.smallest(), "numpy", index)) {
      assertThat(
              Program.of(
                      "docker",
                      "run",
                      "--rm",
                      "--entrypoint=python",
                      image.reference(),
                      "-c",
                      "import numpy; print(numpy.__version__)")
                  .output())
          .startsWith("1.26.");
    }
  }

  @Test
  @NeedsImage("tensorflow-cpu")
  void doctorTellsOfAPackageThatDoesNotFit() throws Exception {
    try (DerivedImage image =
        DerivedImage.of(new TestedImage("tensorflow-cpu"), "numpy==2.4.6", index)) {
      assertThat(doctor(image))
          .returns(1, Ended::status)
          .satisfies(ended -> assertThat(ended.output()).contains("numpy is 2.4.6"));
    }
  }

  private static Ended doctor(DerivedImage image) throws Exception {
    return Program.of(
            "docker", "run", "--rm", "--network=none", image.reference(), "doctor", "--image")
        .run();
  }
}
