package io.dioptra.worker.queue;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.dioptra.worker.queue.payload.Payload;
import io.dioptra.worker.queue.payload.PayloadReader;
import java.util.List;
import java.util.stream.IntStream;

/** The list that a script answers with: a word, then what belongs to it. */
record ScriptReply(List<?> items) {
  static ScriptReply of(Object reply) {
    if (reply instanceof List<?> items) {
      return new ScriptReply(items);
    }
    throw new IllegalStateException("the script answers with a list");
  }

  String word() {
    return text(0);
  }

  String text(int at) {
    return new String((byte[]) items.get(at), UTF_8);
  }

  /** All from there on. */
  List<String> texts(int from) {
    return IntStream.range(from, items.size()).mapToObj(this::text).toList();
  }

  long number(int at) {
    return (Long) items.get(at);
  }

  /** The job that {@code answer} of {@code job.lua} writes from the second item on. */
  ClaimReply.Claimed job(String execution) {
    return new ClaimReply.Claimed(text(2), execution, text(1), payload(), text(5), List.of());
  }

  /** The script leaves in Redis what is too large to be a payload. */
  private Payload payload() {
    return number(3) > PayloadReader.MAX_BYTES
        ? new Payload.Refused(PayloadReader.TOO_LARGE)
        : new PayloadReader().read((byte[]) items.get(4));
  }
}
