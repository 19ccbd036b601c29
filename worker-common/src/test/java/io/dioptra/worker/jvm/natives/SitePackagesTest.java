package io.dioptra.worker.jvm.natives;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
