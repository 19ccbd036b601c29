package io.dioptra.worker.host.usage;

/** More than a job may use. */
public sealed interface Excess {
  /**
   * In its processes together.
   *
   * @param used in bytes
   * @param limit in bytes
   */
  record Memory(long used, long limit) implements Excess {}

  /** At the same time. */
  record Processes(int running, int limit) implements Excess {}

  /**
   * In the job's folder.
   *
   * @param used in bytes
   * @param limit in bytes
   */
  record Folder(long used, long limit) implements Excess {}
}
