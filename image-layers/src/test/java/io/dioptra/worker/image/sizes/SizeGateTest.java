package io.dioptra.worker.image.sizes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SizeGateTest {
  private static final String FILE =
      """
      # Sizes

      | Image | Layer | Bytes | Goal | Official image |
      |---|---|--:|--:|--:|
      | slim | base image | 1,000 | | |
      | slim | java | 100,000 | | |
      | slim | worker | 20,000 | | |
      | slim | **together** | 121,000 | 125,000 | 3,730,000 |
      | fat | torch | ≈ 5,000 | | |
      | fat | **together** | ≈ 5,000 | | |

      After the table.
      """;

  private final Path folder;
  private final SizeGate gate;

  SizeGateTest(@TempDir Path folder) throws IOException {
    this.folder = folder;
    gate = new SizeGate(SizeLock.read(Files.writeString(folder.resolve(SizeLock.NAME), FILE)));
  }

  @Test
  void sizesWithinFivePercentAreFine() {
    assertThat(gate.findings(slim(105_000, 19_000))).isEmpty();
  }

  @Test
  void aLayerThatGrewByMoreStopsTheBuildAndSaysByHowMuch() {
    assertThat(gate.findings(slim(100_000, 21_001)))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.text())
                  .isEqualTo("layer worker has 21,001 bytes, 1,001 (5.0 %) more than accepted");
              assertThat(finding.stops(Acceptance.NOTHING)).isTrue();
              assertThat(finding.stops(Acceptance.NEW)).isTrue();
              assertThat(finding.stops(Acceptance.EVERYTHING)).isFalse();
            });
  }

  @Test
  void aLayerWithoutALineStopsTheBuild() {
    ImageSize image = image("slim", size("java", 100_000), size("worker", 20_000), size("x", 7));

    assertThat(gate.findings(image))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.text()).isEqualTo("layer x has 7 bytes and no measured line yet");
              assertThat(finding.stops(Acceptance.NOTHING)).isTrue();
              assertThat(finding.stops(Acceptance.NEW)).isFalse();
            });
  }

  @Test
  void aGuessIsNoMeasuredLine() {
    assertThat(gate.findings(image("fat", size("torch", 5_000))))
        .extracting(Finding::kind)
        .containsExactly(Finding.Kind.UNKNOWN);
  }

  @Test
  void aLayerThatShrankOrVanishedIsSaidOnly() {
    assertThat(gate.findings(image("slim", size("java", 90_000))))
        .extracting(Finding::text, Finding::isFailure)
        .containsExactly(
            tuple("layer java has 90,000 bytes, 10,000 (10.0 %) less than accepted", false),
            tuple("layer worker has a line and is not in the image", false));
  }

  @Test
  void aLayerOfMoreThanFourGigabytesIsNeverAccepted() {
    assertThat(gate.findings(image("huge", size("cuda", 4_000_000_001L))))
        .singleElement()
        .matches(finding -> finding.stops(Acceptance.EVERYTHING));
  }

  @Test
  void anImageOverItsGoalIsSaidWithTheBaseImageCounted() {
    assertThat(gate.findings(slim(104_001, 20_000)))
        .extracting(Finding::text)
        .containsExactly("all layers have 125,001 bytes, 1 more than the goal");
  }

  @Test
  void anAcceptedImageHasItsLinesInPlaceAndNothingElseChanges() throws IOException {
    assertThat(written(gate.accepting(slim(200_000, 30_000), Acceptance.EVERYTHING)))
        .isEqualTo(
            FILE.replace("100,000", "200,000")
                .replace("| 20,000", "| 30,000")
                .replace("121,000", "231,000"));
  }

  @Test
  void acceptingNewLayersLeavesTheOtherLinesAsTheyAre() throws IOException {
    ImageSize image = image("slim", size("java", 101_000), size("x", 7), size("worker", 20_000));

    assertThat(written(gate.accepting(image, Acceptance.NEW)))
        .isEqualTo(
            FILE.replace("| slim | worker", "| slim | x | 7 | | |\n| slim | worker")
                .replace("121,000", "121,007"));
  }

  @Test
  void anImageWithoutAnyLineIsAddedAtTheEndOfTheTable() throws IOException {
    assertThat(written(gate.accepting(image("new", size("java", 9)), Acceptance.NEW)))
        .isEqualTo(
            FILE.replace(
                "\n\nAfter", "\n| new | java | 9 | | |\n| new | **together** | 9 | | |\n\nAfter"));
  }

  @Test
  void aMeasuredSizeTakesThePlaceOfAGuess() throws IOException {
    assertThat(written(gate.accepting(image("fat", size("torch", 6_000)), Acceptance.NEW)))
        .isEqualTo(FILE.replace("≈ 5,000", "6,000"));
  }

  @Test
  void nothingIsWrittenWhereNothingIsAccepted() throws IOException {
    assertThat(written(gate.accepting(slim(1, 1), Acceptance.NOTHING))).isEqualTo(FILE);
    assertThat(written(gate.accepting(slim(104_000, 20_000), Acceptance.NEW))).isEqualTo(FILE);
  }

  @Test
  void onlyTheTwoWordsAccept() {
    assertThat(Acceptance.of("accept")).contains(Acceptance.EVERYTHING);
    assertThat(Acceptance.of("accept-new")).contains(Acceptance.NEW);
    assertThat(Acceptance.of("")).contains(Acceptance.NOTHING);
    assertThat(Acceptance.of("yes")).isEmpty();
  }

  private String written(SizeLock lock) throws IOException {
    Path file = folder.resolve("written.md");
    lock.write(file);
    return Files.readString(file);
  }

  private static ImageSize slim(long java, long worker) {
    return image("slim", size("java", java), size("worker", worker));
  }

  private static ImageSize image(String name, LayerSize... layers) {
    return new ImageSize(name, List.of(layers));
  }

  private static LayerSize size(String layer, long bytes) {
    return new LayerSize(layer, bytes);
  }
}
