package io.dioptra.worker.tensorflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.dioptra.worker.testing.LibraryPlugin;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** After a change of a library: {@code tasks --plugin}, and from there into the examples. */
class ExamplePluginsIT {
  @Test
  void theSavedModelPluginOfTheExamplesIsWhatTheWorkerWrites(@TempDir Path folder)
      throws Exception {
    assertKept(LibraryPlugin.written("tensorflow-cpu", "savedmodel", folder));
  }

  @Test
  @DisabledIfSystemProperty(named = "without.deeplearning4j", matches = ".*")
  void theDeeplearning4jPluginOfTheExamplesIsWhatTheWorkerWrites(@TempDir Path folder)
      throws Exception {
    assertKept(LibraryPlugin.written("tensorflow-cpu", "deeplearning4j", folder));
  }

  private static void assertKept(LibraryPlugin written) throws Exception {
    LibraryPlugin kept = LibraryPlugin.ofExamples(written.library());
    assertThat(kept.module()).isEqualTo(written.module());
    assertThat(kept.tables()).containsAll(written.tables());
  }
}
