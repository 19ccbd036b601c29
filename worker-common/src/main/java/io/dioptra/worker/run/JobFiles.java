package io.dioptra.worker.run;

import io.dioptra.worker.job.JobTicket;
import io.dioptra.worker.task.JsonText;
import io.dioptra.worker.task.Value;
import io.dioptra.worker.workspace.Workspace;
import io.dioptra.worker.workspace.YamlText;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/** The files about itself that a job finds in its folder, where Dioptra's own worker puts them. */
final class JobFiles {
  private JobFiles() {}

  static void write(Workspace workspace, JobTicket ticket, Material material) throws IOException {
    String name = material.job().entrypointName();
    // Dioptra 1.1 allows a slash in a name; here it must not make a folder.
    workspace.write(name.replace('/', '_') + ".yml", YamlText.of(material.configuration()));
    workspace.write("parameters.json", JsonText.of(new Value.Members(material.parameters())));
    SequencedMap<String, Value> arguments = new LinkedHashMap<>();
    arguments.put("job_id", Value.Int.of(ticket.job().value()));
    arguments.put("experiment_id", Value.Int.of(ticket.experiment().value()));
    arguments.put("entrypoint_name", new Value.Text(name));
    workspace.write(".dioptra/args.json", JsonText.of(new Value.Members(arguments)));
  }
}
