package io.dioptra.worker.job;

/** Who can mend a failure. */
public enum FailureKind {
  PLUGIN("the author of the plugin"),
  INPUT("the owner of the job"),
  ENVIRONMENT("the operator of this worker"),
  RESOURCE("the owner of the job, with more memory, disk or time"),
  WORKER("the developers of the worker");

  private final String whoCanAct;

  FailureKind(String whoCanAct) {
    this.whoCanAct = whoCanAct;
  }

  public String whoCanAct() {
    return whoCanAct;
  }
}
