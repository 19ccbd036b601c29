package io.dioptra.worker.e2e.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.dioptra.worker.e2e.docker.ImageContents;
import io.dioptra.worker.e2e.docker.ImageLayer;
import io.dioptra.worker.e2e.docker.SavedImages;
import io.dioptra.worker.e2e.docker.TestedImage;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Images have their lower layers in common, so that a second one on a host costs little. */
class SharedLayersIT {
  private static final Set<String> COMMON = Set.of("java", "libraries", "python-base");
  private static final long WORTH_SHARING = 800_000_000;
  private static final long WORTH_PULLING = 15_000_000;

  @Test
  void whatAllImagesHaveIsTheSameBitForBit() {
    List<ImageContents> images = contents(TestedImage.all());
    assumeTrue(images.size() > 1, "one image has nothing to share with");
    assertThat(images.getFirst().ours().map(ImageLayer::name)).containsAll(COMMON);
    assertThat(images)
        .extracting(SharedLayersIT::commonDigests)
        .containsOnly(commonDigests(images.getFirst()));
  }

  @Test
  void aChangeOfTheWorkerPullsLittleAgain() {
    assertThat(contents(TestedImage.all()))
        .extracting(image -> image.layers().getLast())
        .allSatisfy(
            top -> {
              assertThat(top.name()).isEqualTo("worker");
              assertThat(top.pulled().orElseThrow()).isLessThan(WORTH_PULLING);
            });
  }

  @Test
  void imagesWithAFrameworkShareMostOfWhatIsNotTheFramework() {
    List<ImageContents> images =
        contents(TestedImage.all().stream().filter(TestedImage::hasFramework).toList());
    assumeTrue(images.size() > 1, "e2e/run was asked for one image with a framework or none");
    ImageContents first = images.getFirst();
    Set<String> there = first.layers().stream().map(ImageLayer::digest).collect(Collectors.toSet());
    assertThat(images)
        .allSatisfy(
            image ->
                assertThat(
                        image.layers().stream()
                            .filter(layer -> there.contains(layer.digest()))
                            .mapToLong(ImageLayer::bytes)
                            .sum())
                    .isGreaterThan(WORTH_SHARING));
  }

  private static List<ImageContents> contents(List<TestedImage> images) {
    return images.stream().map(SavedImages::of).toList();
  }

  private static List<String> commonDigests(ImageContents image) {
    return image.layers().stream()
        .filter(layer -> !layer.isOurs() || COMMON.contains(layer.name()))
        .map(ImageLayer::digest)
        .toList();
  }
}
