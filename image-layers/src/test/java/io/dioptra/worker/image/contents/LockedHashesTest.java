package io.dioptra.worker.image.contents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LockedHashesTest {
  @Test
  void onlyAHashThatNamesOneFileIsTaken(@TempDir Path folder) throws IOException {
    String hash = "0123456789abcdef".repeat(4);
    Path lock =
        Files.writeString(
            folder.resolve("requirements.lock"),
            """
            # made by uv
            one==1.0 ; sys_platform == 'linux' \\
                --hash=sha256:%1$s
                # via two
            two==2.0+cpu \\
                --hash=sha256:%1$s \\
                --hash=sha256:%2$s
            """
                .formatted(hash, hash.replace('0', '1')));

    assertThat(LockedHashes.read(lock)).isEqualTo(Map.of("one==1.0", hash));
  }
}
