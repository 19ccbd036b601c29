package io.dioptra.worker.source;

import io.dioptra.worker.task.Value;
import java.util.List;

/**
 * A text that was read.
 *
 * @param spot where its values stand
 * @param remarks in the order of the text
 */
public record Document(Value root, Spot spot, List<Remark> remarks) {
  public Document {
    remarks = List.copyOf(remarks);
  }
}
