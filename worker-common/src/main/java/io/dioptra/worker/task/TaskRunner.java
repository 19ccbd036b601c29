package io.dioptra.worker.task;

import java.nio.file.Path;
import java.util.List;
import java.util.SequencedMap;

/**
 * The place where the tasks of one job run and their values live. One request at a time; each is
 * answered once, also when the place is gone.
 */
public interface TaskRunner {
  /**
   * Imports the files of the artifact plugins, in order.
   *
   * @return by class name the property schemas of the arguments, {@link Value.Null} for none
   */
  TaskResult<SequencedMap<String, Value>> describe(List<ArtifactModule> modules)
      throws InterruptedException;

  /** Makes the parameters known, so that references to them can be resolved. */
  TaskResult<List<String>> bind(SequencedMap<String, Value> parameters) throws InterruptedException;

  /** Reads an input artifact. Returns the names of the outputs that got a value. */
  TaskResult<List<String>> load(ArtifactLoad load) throws InterruptedException;

  /** Calls a task. Returns the names of the outputs that got a value. */
  TaskResult<List<String>> call(TaskCall call) throws InterruptedException;

  /** Writes an output artifact. Returns the file or folder it was written to. */
  TaskResult<Path> save(ArtifactSave save) throws InterruptedException;
}
