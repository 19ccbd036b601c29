package io.dioptra.worker.engine;

import io.dioptra.worker.task.TaskFailure;
import java.nio.file.Path;

/** What became of one output artifact. */
public sealed interface SaveResult {
  /** The artifact's name. */
  String name();

  /**
   * It was written.
   *
   * @param task the class of the artifact task that wrote it
   * @param path the file or folder
   */
  record Saved(String name, String task, Path path) implements SaveResult {}

  /** Its artifact task did not write it. */
  record Failed(String name, TaskFailure failure) implements SaveResult {}

  /** There is nothing to write; the message is worded as Dioptra words it. */
  record Stuck(String name, String message) implements SaveResult {}
}
