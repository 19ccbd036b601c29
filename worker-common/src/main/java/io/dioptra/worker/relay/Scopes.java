package io.dioptra.worker.relay;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.dioptra.worker.job.JobId;
import io.dioptra.worker.task.TaskEvents;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The jobs that are let in, and their sessions. Any thread may use it. */
final class Scopes {
  /** Of one job; whoever logs in more often loses the oldest. */
  private static final int SESSIONS = 256;

  private final SecureRandom random = new SecureRandom();
  private final Map<String, Scope> byUsername = new HashMap<>();
  private final Map<String, Scope> bySession = new LinkedHashMap<>();

  synchronized Scope open(JobId job, TaskEvents events) {
    Scope scope = new Scope(job, "job-" + job + "-" + secret(4), secret(16), events);
    byUsername.put(scope.username(), scope);
    return scope;
  }

  synchronized void close(Scope scope) {
    byUsername.remove(scope.username());
    bySession.values().removeIf(scope::equals);
  }

  /** Opens a session; empty where no job that is let in has that name and password. */
  synchronized Optional<String> logIn(String username, String password) {
    Scope scope = byUsername.get(username);
    if (scope == null
        || !MessageDigest.isEqual(scope.password().getBytes(UTF_8), password.getBytes(UTF_8))) {
      return Optional.empty();
    }
    makeRoom(scope);
    String session = secret(16);
    bySession.put(session, scope);
    return Optional.of(session);
  }

  synchronized Optional<Scope> of(String session) {
    return Optional.ofNullable(bySession.get(session));
  }

  synchronized void logOut(String session) {
    bySession.remove(session);
  }

  private void makeRoom(Scope scope) {
    long present = bySession.values().stream().filter(scope::equals).count();
    Iterator<Scope> oldest = bySession.values().iterator();
    while (present >= SESSIONS && oldest.hasNext()) {
      if (oldest.next().equals(scope)) {
        oldest.remove();
        present--;
      }
    }
  }

  private String secret(int bytes) {
    byte[] secret = new byte[bytes];
    random.nextBytes(secret);
    return HexFormat.of().formatHex(secret);
  }
}
