package io.dioptra.worker.image.contents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PomLicencesTest {
  private final Path repository;
  private final PomLicences poms;

  PomLicencesTest(@TempDir Path repository) {
    this.repository = repository;
    poms = new PomLicences(repository);
  }

  @Test
  void aPomsOwnLicencesCount() throws IOException {
    pom(
        "com/example/lib/1.0/lib-1.0.pom",
        """
        <parent><groupId>com.example</groupId><artifactId>all</artifactId><version>7</version></parent>
        <licenses>
          <license><name> MIT </name><url>https://example.com/mit</url></license>
          <license><url>https://example.com/other</url></license>
        </licenses>
        """);

    assertThat(poms.of("com.example", "lib", "1.0"))
        .containsExactly("MIT", "https://example.com/other");
  }

  @Test
  void aPomWithoutAnyHasThoseOfItsParents() throws IOException {
    pom(
        "com/example/lib/1.0/lib-1.0.pom",
        "<parent><groupId>com.example</groupId><artifactId>all</artifactId><version>7</version></parent>");
    pom(
        "com/example/all/7/all-7.pom",
        "<parent><groupId>org.top</groupId><artifactId>top</artifactId><version>1</version></parent>");
    pom("org/top/top/1/top-1.pom", "<licenses><license><name>EPL-2.0</name></license></licenses>");

    assertThat(poms.of("com.example", "lib", "1.0")).containsExactly("EPL-2.0");
  }

  @Test
  void whatNobodyStatedIsEmpty() throws IOException {
    pom("com/example/lib/1.0/lib-1.0.pom", "<name>lib</name>");

    assertThat(poms.of("com.example", "lib", "1.0")).isEmpty();
    assertThat(poms.of("com.example", "absent", "1.0")).isEmpty();
  }

  @Test
  void aBrokenPomIsNamed() throws IOException {
    pom("com/example/lib/1.0/lib-1.0.pom", "</oops>");

    assertThatThrownBy(() -> poms.of("com.example", "lib", "1.0"))
        .hasMessageContaining("lib-1.0.pom is not a pom");
  }

  private void pom(String path, String content) throws IOException {
    Path file = repository.resolve(path);
    Files.createDirectories(file.resolve("..").normalize());
    Files.writeString(
        file, "<project xmlns=\"http://maven.apache.org/POM/4.0.0\">" + content + "</project>");
  }
}
