package io.dioptra.worker.jvm.natives;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NativesFolderIT {
  @Test
  void whatAKilledProcessHasUnpackedIsDeleted(@TempDir Path temporary) throws Exception {
    Process ended = new ProcessBuilder("true").start();
    assertThat(ended.waitFor()).isZero();
    Path left = Files.createDirectory(temporary.resolve("dioptra-javacpp-" + ended.pid() + "-1"));
    Files.writeString(left.resolve("library.so"), "");
    Path another = NativesFolder.create(temporary).folder();
    Path own = NativesFolder.create(temporary).folder();
    assertThat(temporary).isDirectoryNotContaining(left::equals);
    assertThat(own).isDirectory();
    assertThat(another).as("of a process that lives").isDirectory();
  }
}
