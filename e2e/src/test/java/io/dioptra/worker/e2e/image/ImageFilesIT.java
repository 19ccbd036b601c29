package io.dioptra.worker.e2e.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.dioptra.worker.e2e.docker.ImageContents;
import io.dioptra.worker.e2e.docker.ImageFile;
import io.dioptra.worker.e2e.docker.ImageFile.Kind;
import io.dioptra.worker.e2e.docker.Program;
import io.dioptra.worker.e2e.docker.SavedImages;
import io.dioptra.worker.e2e.docker.TestedImage;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where things are, whose they are, and what is not there. */
@ParameterizedClass
@MethodSource("io.dioptra.worker.e2e.docker.TestedImage#all")
class ImageFilesIT {
  private static final String DIOPTRA = "39000:100";
  private static final String ROOT = "0:0";

  private final TestedImage image;
  private final Map<String, ImageFile> files;

  ImageFilesIT(TestedImage image) {
    this.image = image;
    this.files = SavedImages.of(image).files();
  }

  @ParameterizedTest
  @ValueSource(strings = {"python", "python3", "python3.11", "pip", "dioptra-worker-v1"})
  void theVirtualEnvironmentHasIt(String program) {
    assertThat(file("/opt/venv/bin/" + program)).returns(true, ImageFile::isExecutable);
    assertOwner("/opt/venv/bin/" + program, DIOPTRA);
  }

  @Test
  void theVirtualEnvironmentBelongsToTheUserWhoExtendsIt() {
    assertThat(files.values())
        .filteredOn(file -> file.path().startsWith("/opt/venv"))
        .isNotEmpty()
        .allSatisfy(file -> assertThat(file.owner()).as(file.path()).hasToString(DIOPTRA));
  }

  @ParameterizedTest
  @ValueSource(strings = {"entrypoint.sh", "healthcheck.sh"})
  void theScriptsOfTheOfficialImagesAreThere(String script) {
    String path = "/usr/local/bin/" + script;
    assertThat(file(path)).returns(0755, ImageFile::mode);
    assertOwner(path, ROOT);
  }

  @Test
  void theWorkerItselfCannotBeChangedByItsUser() {
    assertThat(files.values())
        .filteredOn(file -> file.path().startsWith("/opt/dioptra/"))
        .isNotEmpty()
        .allSatisfy(file -> assertThat(file.owner()).as(file.path()).hasToString(ROOT))
        .allSatisfy(file -> assertThat(file.mode() & 0022).as(file.path()).isZero());
  }

  @ParameterizedTest
  @ValueSource(strings = {"/work", "/home/dioptra", "/dioptra/data"})
  void theUsersFoldersAreThere(String folder) {
    assertThat(file(folder)).returns(Kind.FOLDER, ImageFile::kind);
    assertOwner(folder, DIOPTRA);
  }

  @Test
  void anybodyMayWorkInTheWorkFolder() {
    assertThat(file("/work").mode() & 0777).isEqualTo(0777);
  }

  @Test
  void theAccountIsTheOneOfTheOfficialImages() throws Exception {
    // The archive has no contents of files.
    String passwd =
        Program.of(
                "docker",
                "run",
                "--rm",
                "--network=none",
                "--entrypoint=cat",
                image.reference(),
                "/etc/passwd",
                "/etc/os-release")
            .output();
    assertThat(passwd.lines())
        .contains("ID=debian")
        .anyMatch(line -> line.matches("dioptra:[^:]*:39000:100:[^:]*:/home/dioptra:/bin/bash"));
  }

  @Test
  void nothingCompilesAndNothingLinks() {
    String compilers =
        "(.*-linux-gnu-)?(gcc|g\\+\\+|cc|c\\+\\+|cpp|clang|tcc|ld|ld\\.(bfd|gold|lld)|as|make"
            + "|go|javac|jshell|jlink|rustc|cargo|nvcc)(-[0-9.]+)?";
    assertThat(files.values())
        .filteredOn(ImageFile::isExecutable)
        .noneMatch(file -> file.name().matches(compilers));
    assertThat(files.keySet()).noneMatch(path -> path.matches("/usr/include/.*\\.h"));
  }

  @Test
  void noProgramGivesRightsThatItsCallerHasNot() {
    ImageContents contents = SavedImages.of(image);
    assertThat(contents.ours().flatMap(layer -> layer.files().stream()))
        .isNotEmpty()
        .noneMatch(ImageFile::isSetId);
  }

  @Test
  void noLayerIsTooLargeForARegistry() {
    assertThat(SavedImages.of(image).layers())
        .allSatisfy(layer -> assertThat(layer.bytes()).as(layer.name()).isLessThan(4L << 30));
  }

  private void assertOwner(String path, String owner) {
    assertThat(file(path).owner()).as(path).hasToString(owner);
  }

  private ImageFile file(String path) {
    assertThat(files).as(image + ": " + path).containsKey(path);
    return Objects.requireNonNull(files.get(path));
  }
}
