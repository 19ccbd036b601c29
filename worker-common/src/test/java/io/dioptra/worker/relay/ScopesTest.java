package io.dioptra.worker.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.dioptra.worker.job.JobId;
import io.dioptra.worker.task.TaskEvents;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScopesTest {
  private static final TaskEvents SILENT = _ -> {};

  private final Scopes scopes = new Scopes();
  private final Scope one = scopes.open(new JobId(1), SILENT);
  private final Scope two = scopes.open(new JobId(2), SILENT);

  @Test
  void aJobLogsInWithItsOwnPasswordOnly() {
    assertThat(scopes.logIn(one.username(), one.password()).flatMap(scopes::of)).contains(one);
    assertThat(scopes.logIn(one.username(), two.password())).isEmpty();
    assertThat(scopes.logIn(one.username(), "")).isEmpty();
    assertThat(scopes.logIn("dioptra-worker", one.password())).isEmpty();
  }

  @Test
  void theEndOfAJobEndsItsSessionsAndNoOthers() {
    String ending = scopes.logIn(one.username(), one.password()).orElseThrow();
    String staying = scopes.logIn(two.username(), two.password()).orElseThrow();

    scopes.close(one);

    assertThat(scopes.of(ending)).isEmpty();
    assertThat(scopes.logIn(one.username(), one.password())).isEmpty();
    assertThat(scopes.of(staying)).contains(two);
  }

  @Test
  void twoAttemptsAtOneJobShareNothing() {
    Scope again = scopes.open(new JobId(1), SILENT);

    scopes.close(one);

    assertThat(again.password()).isNotEqualTo(one.password());
    assertThat(scopes.logIn(again.username(), again.password())).isPresent();
  }

  @Test
  void aLogoutEndsOneSession() {
    String first = scopes.logIn(one.username(), one.password()).orElseThrow();
    String second = scopes.logIn(one.username(), one.password()).orElseThrow();

    scopes.logOut(first);

    assertThat(scopes.of(first)).isEmpty();
    assertThat(scopes.of(second)).contains(one);
  }

  @Test
  void endlessLoginsCostTheirOwnOldestSessions() {
    String other = scopes.logIn(two.username(), two.password()).orElseThrow();
    List<String> sessions = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      sessions.add(scopes.logIn(one.username(), one.password()).orElseThrow());
    }

    assertThat(sessions.stream().filter(it -> scopes.of(it).isPresent())).hasSize(256);
    assertThat(scopes.of(sessions.getLast())).contains(one);
    assertThat(scopes.of(other)).contains(two);
  }
}
