package io.dioptra.worker.run;

import io.dioptra.worker.job.JobTicket;
import java.util.List;
import java.util.Map;

/**
 * A job that is to be run here and now.
 *
 * @param variables what it finds in its environment besides the usual
 * @param notes what its owner should know before it begins, a line each
 */
public record Assignment(JobTicket ticket, Map<String, String> variables, List<String> notes) {
  public Assignment {
    variables = Map.copyOf(variables);
    notes = List.copyOf(notes);
  }
}
