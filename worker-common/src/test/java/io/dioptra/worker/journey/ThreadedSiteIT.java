package io.dioptra.worker.journey;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.dioptra.worker.testing.EntrypointSource;
import io.dioptra.worker.testing.SiteOf;
import io.dioptra.worker.testing.SubmittedJob;
import java.util.List;
import org.junit.jupiter.api.Test;

/** API 1.2 behind a threaded server, which closes kept-alive connections as it likes. */
class ThreadedSiteIT extends EveryJourney {
  ThreadedSiteIT(@SiteOf(apiThreads = 4) Workshop shop) {
    super(shop);
  }

  @Test
  void theChoiceOfASwapIsWhatRuns() throws Exception {
    int greeting =
        shop()
            .client()
            .createPlugin(
                Python.plugin("greeting.py")
                    .function("greet", List.of("name", "string"), List.of("greeting", "string"))
                    .function("shout", List.of("greeting", "string"), List.of("shout", "string")));
    int text =
        shop()
            .client()
            .createPlugin(
                Python.plugin("text.py").artifact("TextArtifact", List.of("text", "string")));
    String graph =
        """
        words:
          ?tone:
            ?outputs: [said]
            polite:
              greet: $name
            loud:
              shout: $name
        """;
    JobKind kind =
        shop()
            .kind(
                EntrypointSource.of(Python.unique(), graph)
                    .parameter("name", "string", "you")
                    .artifacts("words:\n  contents: $words.said\n  task:\n    name: TextArtifact\n")
                    .plugins(greeting)
                    .artifactPlugins(text));
    SubmittedJob polite = kind.job().swap("tone", "polite").submit();
    SubmittedJob loud = kind.job().swap("tone", "loud").submit();
    assertFinished(shop().ended(polite));
    assertFinished(shop().ended(loud));
    assertThat(new String(polite.artifact("words").download(), UTF_8)).isEqualTo("Hello, you");
    assertThat(new String(loud.artifact("words").download(), UTF_8)).isEqualTo("YOU");
  }

  @Test
  void twoHundredJobsAtOnceAreAllFinishedAndNoneRunsTwice() throws Exception {
    Burst burst = Burst.of(shop(), 200);
    System.out.println("Burst: " + burst);
    assertThat(burst.statuses()).as(shop().worker().log()).containsOnly("finished");
    assertThat(burst.runs()).hasSize(200).containsOnly(1);
    assertThat(burst.results()).containsOnly(1);
    assertThat(burst.stepLines()).containsOnly(1L);
  }
}
