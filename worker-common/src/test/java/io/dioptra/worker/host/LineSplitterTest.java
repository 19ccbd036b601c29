package io.dioptra.worker.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class LineSplitterTest {
  private final List<String> lines = new ArrayList<>();
  private final LineSplitter splitter = new LineSplitter(lines::add);

  @Test
  void aLineIsHandedOverWhenItEnds() {
    accept("one\ntwo\nthr");
    assertThat(lines).containsExactly("one", "two");
    accept("ee\n");
    assertThat(lines).containsExactly("one", "two", "three");
  }

  @Test
  void whatIsLeftIsALineAtTheEnd() {
    accept("no newline");
    splitter.end();
    splitter.end();
    assertThat(lines).containsExactly("no newline");
  }

  @Test
  void aCarriageReturnEndsALineUnlessItIsEmpty() {
    accept("10 %\r20 %\r\n\n\r\ndone\r\n\r30 %");
    accept("\r");
    accept("\nend\r\n");
    assertThat(lines).containsExactly("10 %", "20 %", "", "", "done", "30 %", "end");
  }

  @Test
  void aCharacterThatComesInPartsIsWhole() {
    byte[] text = "naïve €\n".getBytes(StandardCharsets.UTF_8);
    for (byte each : text) {
      splitter.accept(new byte[] {each}, 0, 1);
    }
    assertThat(lines).containsExactly("naïve €");
  }

  @Test
  void bytesThatAreNoTextBecomeReplacements() {
    splitter.accept(new byte[] {'a', (byte) 0xff, (byte) 0xc3, 'b', '\n'}, 0, 5);
    assertThat(lines).containsExactly("a\uFFFD\uFFFDb");
  }

  @Test
  void aLineWithoutEndIsCutAndSaysSo() {
    byte[] endless = new byte[LineSplitter.LIMIT + 1234];
    Arrays.fill(endless, (byte) 'x');
    splitter.accept(endless, 0, endless.length);
    assertThat(lines).isEmpty();
    accept("\nnext\n");
    assertThat(lines).hasSize(2);
    assertThat(lines.getFirst())
        .startsWith("x".repeat(LineSplitter.LIMIT) + " ")
        .endsWith("[… 1234 more bytes left out]");
    assertThat(lines.getLast()).isEqualTo("next");
  }

  @Test
  void onlyTheGivenLengthCounts() {
    splitter.accept("ab\ncd\n".getBytes(StandardCharsets.UTF_8), 0, 3);
    assertThat(lines).containsExactly("ab");
  }

  private void accept(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    splitter.accept(bytes, 0, bytes.length);
  }
}
