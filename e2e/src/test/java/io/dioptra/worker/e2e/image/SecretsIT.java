package io.dioptra.worker.e2e.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.dioptra.worker.e2e.docker.ImageContents;
import io.dioptra.worker.e2e.docker.ImageFile;
import io.dioptra.worker.e2e.docker.Mark;
import io.dioptra.worker.e2e.docker.SavedImages;
import io.dioptra.worker.e2e.docker.TestedImage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Nothing of the machine that built an image, or of the people there, is in it. */
@ParameterizedClass
@MethodSource("io.dioptra.worker.e2e.docker.TestedImage#all")
class SecretsIT {
  private final ImageContents contents;

  SecretsIT(TestedImage image) {
    this.contents = SavedImages.of(image);
  }

  @Test
  void thereIsNoPrivateKey() {
    assertNowhere(Mark.PRIVATE_KEY);
  }

  @Test
  void thereIsNoSettingOfAPackageIndex() {
    assertThat(contents.files().values())
        .extracting(ImageFile::name)
        .doesNotContain("pip.conf", "pip.ini", ".pypirc", ".netrc", "uv.toml", "settings.xml");
    assertThat(contents.files().keySet())
        .noneMatch(path -> path.matches("/etc/apt/apt\\.conf\\.d/.*proxy.*"));
  }

  @Test
  void noFileNamesAFolderOfTheBuild() {
    assertNowhere(Mark.CHECKOUT);
    assertNowhere(Mark.CACHE);
  }

  @Test
  void theHistoryTellsNoCommandOfTheBuild() {
    assertThat(contents.configuration().get("history").valueStream())
        .filteredOn(step -> step.path("author").asString("").equals("Jib"))
        .allMatch(step -> step.get("created_by").asString("").startsWith("jib-maven-plugin:"));
  }

  /** The base is Debian's: its libraries test themselves with keys that everybody knows. */
  private void assertNowhere(Mark mark) {
    assertThat(contents.ours().flatMap(layer -> layer.files().stream()))
        .filteredOn(file -> file.marks().contains(mark))
        .as("files with %s", mark)
        .isEmpty();
  }
}
