package io.dioptra.worker.doctor;

import io.dioptra.worker.config.PythonSettings;
import io.dioptra.worker.config.ServerTrust;
import io.dioptra.worker.network.Trust;
import java.nio.file.Path;
import java.util.Collection;
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

  /** Whether the certificates that servers are checked with can be read. */
  public void examineCertificates(Collection<ServerTrust> trusted) {
    for (ServerTrust trust : trusted) {
      try {
        int count = Trust.of(trust).map(it -> it.getAcceptedIssuers().length).orElse(0);
        findings.accept(Finding.ok(words(trust, count)));
      } catch (IllegalArgumentException e) {
        findings.accept(
            Finding.error(
                String.valueOf(e.getMessage()), "mount a file with certificates as PEM there"));
      }
    }
  }

  private static String words(ServerTrust trust, int count) {
    return switch (trust) {
      case ServerTrust.Bundle(Path file, String source) ->
          "%d authorities in %s, named by %s".formatted(count, file, source);
      case ServerTrust.JavasOwn _ -> "the authorities that Java itself brings";
      case ServerTrust.Anybody _ -> "certificates are not checked";
    };
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
