package io.dioptra.worker.jvm.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dioptra.worker.jvm.Input;
import io.dioptra.worker.jvm.Output;
import io.dioptra.worker.jvm.Task;
import io.dioptra.worker.jvm.catalog.Library;
import io.dioptra.worker.jvm.catalog.TaskMethod;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PluginFolderTest {
  private static final String TASK = "a_task_with_a_name_of_the_longer_kind";

  /** Awkward texts and long lines. */
  public static final class Tasks {
    private Tasks() {}

    @Task(
        name = TASK,
        description =
            "Says \"\"\"quotes\"\"\" and \\back\\slashes, over several words, so that the"
                + " line has to be broken somewhere.",
        outputs = @Output(name = "told", type = "story", description = "what was told"))
    public static String tell(
        @Input(name = "beginning", type = "string") String beginning,
        @Input(name = "middle", type = "string", defaultValue = "\"and \\\"then\\\"\"")
            String middle,
        @Input(name = "is_happy", type = "boolean", defaultValue = "true") boolean isHappy,
        @Input(name = "times", type = "integer", required = false) Long times) {
      return beginning + middle + isHappy + times;
    }

    @Task(name = "rest", description = "Nothing.")
    public static void rest() {}
  }

  @TempDir private Path folder;

  @Test
  void functionsHaveTheDefaultsAndTheTextsOfTheAnnotations() throws Exception {
    assertThat(new PluginFolder(folder).write(List.of(library())))
        .containsExactly(folder.resolve("dioptra.toml"), folder.resolve("plugins/tales/tasks.py"));
    assertThat(Files.readString(folder.resolve("plugins/tales/tasks.py")))
        .startsWith(
            """
            \"""Stands for the JVM tasks of the library "tales": Tells tales.

            Written by dioptra-worker-v1 tasks; a worker runs the tasks with their jar mounted.
            \"""
            """)
        .contains("'The tasks of \"tales\" run on the JVM, which this worker has not: ")
        .contains(
            """
            @pyplugs.register
            def a_task_with_a_name_of_the_longer_kind(
                beginning: Any, middle: Any = "and \\"then\\"", is_happy: Any = True, times: Any = None
            ) -> Any:
                \"""Says \\"\\"\\"quotes\\"\\"\\" and \\\\back\\\\slashes, over several words, so that the line has to be
                broken somewhere.

                Returns:
                    told: what was told
                \"""
                return jvm.call(
                    "tales.a_task_with_a_name_of_the_longer_kind", beginning, middle, is_happy, times
                )
            """)
        .endsWith(
            """
            @pyplugs.register
            def rest() -> None:
                \"""Nothing.\"""
                jvm.call("tales.rest")
            """);
    assertThat(Files.readString(folder.resolve("dioptra.toml")))
        .contains("[[plugin_param_types]]\nname = \"story\"\ndescription = \"what is told\"\n")
        .contains("{ name = \"beginning\", type = \"string\", required = true },")
        .contains("{ name = \"times\", type = \"integer\", required = false },");
  }

  @Test
  void whatSomebodyElseWroteIsKept() throws Exception {
    Path other = Files.writeString(folder.resolve("dioptra.toml"), "[[plugins]]\n");
    PluginFolder plugins = new PluginFolder(folder);
    assertThatThrownBy(() -> plugins.write(List.of(library())))
        .isInstanceOf(IOException.class)
        .hasMessage(
            other + " is there already and was not written by this command. Nothing was written.");
    assertThat(folder.resolve("plugins")).doesNotExist();

    Files.delete(other);
    plugins.write(List.of());
    assertThat(plugins.write(List.of(library()))).hasSize(2);
  }

  private static Library library() throws Exception {
    TaskMethod told =
        TaskMethod.of(
            "tales",
            Tasks.class.getMethod("tell", String.class, String.class, boolean.class, Long.class));
    TaskMethod rest = TaskMethod.of("tales", Tasks.class.getMethod("rest"));
    TreeMap<String, String> types = new TreeMap<>();
    types.put("story", "what is told");
    return new Library("tales", "Tells tales.", types, "tales.jar", List.of(told, rest));
  }
}
