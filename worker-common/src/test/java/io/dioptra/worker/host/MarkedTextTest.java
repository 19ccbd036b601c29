package io.dioptra.worker.host;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MarkedTextTest implements MarkedText.Reader {
  private static final String TOKEN = "77aa01";
  private static final String MARK = "\0" + TOKEN + "L00000000000000ff\0";

  private final List<String> read = new ArrayList<>();
  private final MarkedText text = new MarkedText(TOKEN, this);

  @Test
  void marksAreTakenOutOfTheText() throws Exception {
    accept("a" + MARK + "b\0c" + MARK + MARK);
    text.end();
    assertThat(read).containsExactly("a", "L255", "b", "\0", "c", "L255", "L255");
  }

  @Test
  void whatOnlyLooksLikeAMarkIsText() throws Exception {
    String almost = MARK.substring(0, MARK.length() - 1) + "x";
    String otherToken = MARK.replace(TOKEN, "77aa02");
    String twice = "\0\0" + MARK;
    String cutOff = MARK.substring(0, 9);
    accept(almost + otherToken + twice + cutOff);
    text.end();
    assertThat(String.join("", read)).isEqualTo(almost + otherToken + "\0\0L255" + cutOff);
  }

  @Test
  void itDoesNotMatterWhereTheBytesAreCut() throws Exception {
    String whole = "one" + MARK + "\0" + MARK + "\0\0" + TOKEN + MARK + "two\0";
    Random random = new Random(7);
    for (int round = 0; round < 500; round++) {
      read.clear();
      for (int from = 0; from < whole.length(); ) {
        int to = Math.min(whole.length(), from + 1 + random.nextInt(20));
        accept(whole.substring(from, to));
        from = to;
      }
      text.end();
      assertThat(String.join("", read)).isEqualTo(whole.replace(MARK, "L255"));
    }
  }

  private void accept(String part) throws InterruptedException {
    text.accept(part.getBytes(ISO_8859_1), part.length());
  }

  @Override
  public void text(byte[] bytes, int from, int to) {
    read.add(new String(bytes, from, to - from, ISO_8859_1));
  }

  @Override
  public void mark(char kind, long number) {
    read.add("" + kind + number);
  }
}
