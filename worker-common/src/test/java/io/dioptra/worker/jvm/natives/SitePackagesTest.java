package io.dioptra.worker.jvm.natives;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SitePackagesTest {
  @Test
  void aLibraryIsFoundInTheEnvironmentOfAnInterpreter(@TempDir Path environment) throws Exception {
    Path library = environment.resolve("lib/python3.11/site-packages/torch/lib/libtorch_cpu.so");
    Files.createDirectories(library.getParent());
    Files.createFile(library);
    SitePackages packages = new SitePackages(environment.resolve("bin/python"));
    assertThat(packages.folder("torch/lib", "libtorch_cpu.so")).contains(library.getParent());
    assertThat(packages.folder("torch/lib", "libtorch_cuda.so")).isEmpty();
    assertThat(packages.folder("tensorflow", "libtensorflow_cc.so.2")).isEmpty();
    assertThat(new SitePackages(Path.of("")).folder("torch/lib", "libtorch_cpu.so")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "torch-2.7.1.dist-info, 2.7.1",
    "torch-2.7.1+cu126.dist-info, 2.7.1",
    "torch-2.8.0.dist-info, 2.8.0",
    "torchvision-0.22.1.dist-info, none",
  })
  void theVersionOfAPackageIsThatOfItsWheel(
      String folder, String version, @TempDir Path environment) throws Exception {
    Files.createDirectories(environment.resolve("lib/python3.11/site-packages").resolve(folder));
    SitePackages packages = new SitePackages(environment.resolve("bin/python"));
    assertThat(packages.version("torch").orElse("none")).isEqualTo(version);
  }

  @Test
  void aPackageOfAnotherVersionIsRefusedWithBothAndWhoCanMendIt(@TempDir Path environment)
      throws Exception {
    Path folder =
        environment.resolve("lib/python3.11/site-packages/tensorflow_cpu-2.19.1.dist-info");
    Files.createDirectories(folder);
    SitePackages packages = new SitePackages(environment.resolve("bin/python"));
    List<String> names = List.of("tensorflow", "tensorflow_cpu");
    assertThat(new NativePackage("TensorFlow", "2.18", names).refusal(packages))
        .hasValue(
            "the environment of %s/bin/python has TensorFlow 2.19.1, but the JVM tasks of this worker need TensorFlow 2.18. Whoever makes the image or the environment can put that version there; Python tasks work with both."
                .formatted(environment));
    assertThat(new NativePackage("TensorFlow", "2.19", names).refusal(packages)).isEmpty();
    assertThat(new NativePackage("TensorFlow", "2.1", names).refusal(packages)).isPresent();
    assertThat(new NativePackage("PyTorch", "2.7.1", List.of("torch")).refusal(packages)).isEmpty();
  }

  @Test
  void whatWasUnpackedIsGoneWithItsFolder() throws Exception {
    Unpacked unpacked = Unpacked.create("dioptra-test");
    try (unpacked) {
      Files.createDirectories(unpacked.folder().resolve("a/b"));
      Files.createFile(unpacked.folder().resolve("a/b/c.so"));
    }
    assertThat(unpacked.folder()).doesNotExist();
  }
}
