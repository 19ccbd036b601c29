package io.dioptra.worker.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LearnedImportsTest {
  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void nameFile() {
    file = folder.resolve("learned.json");
  }

  @Test
  void theNextWorkerOfAQueueKnowsWhatItsJobsImportedLongestFirst() {
    assertThat(of("cpu").add("cpu", List.of(told("numpy", 0.1), told("art.attacks", 2.5))))
        .isTrue();
    assertThat(of("cpu").modules()).containsExactly("art.attacks", "numpy");
    assertThat(of("gpu").modules()).isEmpty();
    assertThat(of("gpu", "cpu").modules()).containsExactly("art.attacks", "numpy");
  }

  @Test
  void whatIsKnownIsNotNew() {
    assertThat(of("cpu").add("cpu", List.of(told("numpy", 0.1)))).isTrue();
    assertThat(of("cpu").add("cpu", List.of(told("numpy", 0.2)))).isFalse();
    assertThat(of("cpu").add("cpu", List.of())).isFalse();
  }

  @Test
  void whatWasRefusedIsNotLearnedAgain() {
    of("cpu").add("cpu", List.of(told("numpy", 0.1), told("threads", 0.1)));
    of("cpu").refuse("threads", "runs threads");
    assertThat(of("cpu").add("cpu", List.of(told("threads", 0.1)))).isFalse();
    assertThat(of("cpu").modules()).containsExactly("numpy");
  }

  @Test
  void aFileThatIsBrokenIsBegunAnew() throws IOException {
    for (String broken :
        List.of("", "{", "[]", "{\"queues\": 3}", "{\"queues\": {\"cpu\": [1]}}")) {
      Files.writeString(file, broken);
      assertThat(of("cpu").modules()).as(broken).isEmpty();
      assertThat(of("cpu").add("cpu", List.of(told("numpy", 0.1)))).as(broken).isTrue();
      assertThat(of("cpu").modules()).as(broken).containsExactly("numpy");
    }
  }

  @Test
  void whatIsNoNameOfAModuleIsIgnoredWhereverItComesFrom() throws IOException {
    Files.writeString(
        file, "{\"queues\": {\"cpu\": {\"a,b\": 1, \"--socket\": 1, \"json\": \"x\", \"re\": 2}}}");
    List<HostMessage.Imported> told =
        List.of(told("../x", 1), told("", 1), told("a b", 1), told("x".repeat(300), 1));
    assertThat(of("cpu").add("cpu", told)).isFalse();
    assertThat(of("cpu").modules()).containsExactly("re");
  }

  @Test
  void theFileStaysSmall() throws IOException {
    List<HostMessage.Imported> many = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      many.add(told("module" + i, i));
    }
    for (int queue = 0; queue < 200; queue++) {
      of("cpu").add("queue" + queue, many);
    }
    of("cpu").add("cpu", many);
    assertThat(of("cpu").modules()).hasSize(32).first().isEqualTo("module999");
    assertThat(of("cpu").add("cpu", many)).isFalse();
    assertThat(Files.size(file)).isLessThan(100_000);
  }

  @Test
  void aFolderThatCannotBeWrittenIsAPityOnly() {
    file = folder.resolve("missing").resolve("learned.json");
    assertThat(of("cpu").add("cpu", List.of(told("numpy", 0.1)))).isFalse();
    assertThat(of("cpu").modules()).isEmpty();
  }

  @Test
  void aLinkIsNotFollowed() throws IOException {
    Path other = folder.resolve("other.json");
    Files.writeString(other, "{\"queues\": {\"cpu\": {\"re\": 2}}}");
    Files.createSymbolicLink(file, other);
    assertThat(of("cpu").modules()).isEmpty();
    of("cpu").add("cpu", List.of(told("numpy", 0.1)));
    assertThat(other).content().contains("\"re\"").doesNotContain("numpy");
  }

  private LearnedImports of(String... queues) {
    return new LearnedImports(new PreloadSettings.Learning(file, List.of(queues)));
  }

  private static HostMessage.Imported told(String module, double seconds) {
    return new HostMessage.Imported(module, seconds);
  }
}
