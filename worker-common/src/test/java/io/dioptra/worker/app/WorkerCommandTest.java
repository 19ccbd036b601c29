package io.dioptra.worker.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dioptra.worker.config.DequeueStrategy;
import io.dioptra.worker.config.RqSettings;
import io.dioptra.worker.config.ServiceAddress;
import io.dioptra.worker.config.TemplateSettings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkerCommandTest {
  @Test
  void theArgumentsOfTheOfficialImagesAreUnderstood() throws UsageException {
    WorkerCommand command =
        read("--wait-for", "redis:6379", "--wait-for=db:5432", "--results-ttl", "-1", "a", "b c");
    assertThat(command.waitFor())
        .containsExactly(new ServiceAddress("redis", 6379), new ServiceAddress("db", 5432));
    assertThat(command.waitLimit()).isEqualTo(Duration.ofMinutes(5));
    assertThat(command.said().rq().resultsTtl()).isEqualTo(Duration.ofSeconds(-1));
    assertThat(command.said().queues()).containsExactly("a", "b c");
    assertThat(command.ask()).isEqualTo(WorkerCommand.Ask.WORK);
  }

  @ParameterizedTest
  @CsvSource({"-u x", "-ux", "--url x", "--url=x", "-bu x", "-bux", "-u y -u x"})
  void anOptionHasTheFormsThatPeopleKnow(String words) throws UsageException {
    WorkerCommand command = read(words.split(" "));
    assertThat(command.said().redisUrl()).contains("x");
    assertThat(command.said().work().burst()).isEqualTo(words.startsWith("-b"));
  }

  @Test
  void theShortNamesOfRqsOptionsAreKnown() throws UsageException {
    RqSettings said = read("-sv", "-S", "json", "-ds", "random", "-n", "w").said().rq();
    assertThat(said.scheduler()).isTrue();
    assertThat(said.strategy()).isEqualTo(DequeueStrategy.RANDOM);
    assertThat(said.name()).contains("w");
  }

  @Test
  void optionsMayStandBehindQueuesAndNoneBehindTwoDashes() throws UsageException {
    WorkerCommand command = read("first", "--burst", "--", "--url", "doctor", "-");
    assertThat(command.said().work().burst()).isTrue();
    assertThat(command.said().queues()).containsExactly("first", "--url", "doctor", "-");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--nonsense         | Unknown option: '--nonsense'",
        "-bx                | Unknown option: '-x'",
        "--url              | Option '--url' needs a value: URL",
        "-u                 | Option '--url' needs a value: URL",
        "--burst=yes        | Option '--burst' takes no value",
        "--results-ttl=soon | Invalid value for option '--results-ttl' (SECONDS): \"soon\" is no"
            + " number of seconds",
        "--wait-timeout=-1  | Invalid value for option '--wait-timeout' (SECONDS): \"-1\" is"
            + " negative",
        "--wait-for=redis   | Invalid value for option '--wait-for' (HOST:PORT): \"redis\" is not"
            + " HOST:PORT, such as redis:6379 or [::1]:6379",
      })
  void whatCannotBeUnderstoodIsNamed(String word, String message) {
    assertThatThrownBy(() -> read(word)).isInstanceOf(UsageException.class).hasMessage(message);
  }

  @Test
  void theHelpFitsATerminalAndNamesEveryOption() throws UsageException {
    WorkerCommand command = read("-h");
    assertThat(command.ask()).isEqualTo(WorkerCommand.Ask.HELP);
    assertThat(command.help().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThan(81));
    assertThat(command.help())
        .contains("\n  -u, --url=URL             The URL of Redis.")
        .contains("\n      --wait-for=HOST:PORT  Do not begin")
        .contains("\n      --preload=auto|none|MODULES\n" + " ".repeat(28) + "The Python modules");
    assertThat(read("-V").ask()).isEqualTo(WorkerCommand.Ask.VERSION);
  }

  @Test
  void aTemplateLivesAsLongAsSaid() throws UsageException {
    assertThat(read().said().template())
        .isEqualTo(new TemplateSettings(1000, Optional.of(Duration.ofHours(1))));
    assertThat(read("--template-idle", "0", "--template-max-forks=7").said().template())
        .isEqualTo(new TemplateSettings(7, Optional.empty()));
    assertThatThrownBy(() -> read("--template-max-forks", "0")).isInstanceOf(UsageException.class);
    assertThat(read("--preload", "numpy").said().preload()).isEqualTo("numpy");
  }

  private static WorkerCommand read(String... arguments) throws UsageException {
    WorkerCommand command = new WorkerCommand();
    command.read(List.of(arguments));
    return command;
  }
}
