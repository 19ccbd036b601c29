package io.dioptra.worker.doctor;

import io.dioptra.worker.config.PythonSettings;
import java.util.function.Consumer;

/** Examines what a worker needs of the environment it is in. Used by one thread. */
public final class Doctor {
  private static final int JAVA = 25;

  private final PythonSettings python;
  private final Consumer<Finding> findings;

  /**
   * @param findings told of each finding as soon as it is made
   */
  public Doctor(PythonSettings python, Consumer<Finding> findings) {
    this.python = python;
    this.findings = findings;
  }

  /** Whether the worker's programs run here: Java, the Python environment, the task host. */
  public void examinePrograms() throws InterruptedException {
    findings.accept(java());
    new PythonExamination(python).examine(findings);
    findings.accept(new HostTrial(python).examine());
  }

  /** Whether the folders of an image can be used. */
  public void examineFolders(FolderTrial folders) {
    folders.examine().forEach(findings);
  }

  private static Finding java() {
    String java = "Java " + Runtime.version() + " in " + System.getProperty("java.home");
    return Runtime.version().feature() >= JAVA
        ? Finding.ok(java)
        : Finding.error(java + ", but 25 is needed", "use the Java of the worker's image");
  }
}
