package io.dioptra.worker.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.dioptra.worker.task.JsonText;
import io.dioptra.worker.testing.PythonEnvironment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A text means to us what it means to PyYAML's {@code safe_load}, which Dioptra's API uses. */
class PyYamlIT {
  /** Where we refuse and PyYAML does not; {@code docs/local.md} tells it. */
  private static final List<String> WE_REFUSE =
      List.of(
          "&x [*x]",
          "# only a comment",
          "!!set {a, b}",
          "!!omap [a: 1]",
          "a: \"\u2028\"",
          "a: \"x \u2028 y\"",
          "# x\u2028a: 1");

  private static final String SCRIPT =
      """
      import datetime, json, sys, yaml

      def told(text):
          try:
              value = yaml.safe_load(text)
          except Exception:
              return "refused"
          try:
              return json.dumps(value, indent=2)
          except (TypeError, ValueError):
              return "no JSON"

      texts = json.load(open(sys.argv[1], encoding="utf-8"))
      json.dump([told(text) for text in texts], sys.stdout)
      """;

  @TempDir private Path folder;

  @Test
  void trickyTextsMeanTheSame() throws Exception {
    List<String> texts = texts();
    Map<String, String> theirs = theirs(texts);
    Map<String, String> ours = new LinkedHashMap<>();
    texts.forEach(text -> ours.put(text, ours(text)));
    WE_REFUSE.forEach(text -> assertThat(ours.remove(text)).isEqualTo("refused"));
    WE_REFUSE.forEach(theirs::remove);
    assertThat(ours).hasSizeGreaterThan(200).containsExactlyEntriesOf(theirs);
  }

  private static List<String> texts() throws Exception {
    try (var resource = PyYamlIT.class.getResourceAsStream("tricky.txt")) {
      String all =
          new String(Objects.requireNonNull(resource).readAllBytes(), StandardCharsets.UTF_8);
      List<String> texts = new ArrayList<>();
      // A line break and what is hard to see are written as in Java.
      all.lines().distinct().forEach(line -> texts.add(plain(line)));
      return texts;
    }
  }

  private static String plain(String line) {
    String letters =
        Pattern.compile("(?<!\\\\)\\\\u([0-9a-f]{4})")
            .matcher(line)
            .replaceAll(hex -> Character.toString(Integer.parseInt(hex.group(1), 16)));
    return letters.translateEscapes();
  }

  private Map<String, String> theirs(List<String> texts) throws Exception {
    Path list = folder.resolve("texts.json");
    Files.writeString(list, JsonMapper.shared().writeValueAsString(texts));
    String python = PythonEnvironment.named("worker-common").interpreter().toString();
    Process process =
        new ProcessBuilder(python, "-c", SCRIPT, list.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    JsonNode answers = JsonMapper.shared().readTree(process.getInputStream().readAllBytes());
    assertThat(process.waitFor()).isZero();
    Map<String, String> byText = new LinkedHashMap<>();
    for (int i = 0; i < texts.size(); i++) {
      byText.put(texts.get(i), answers.get(i).asString());
    }
    return byText;
  }

  private static String ours(String text) {
    try {
      Document document = new YamlReader("x.yaml").read(text);
      boolean noJson = document.remarks().stream().anyMatch(Remark.NoJson.class::isInstance);
      return noJson ? "no JSON" : JsonText.of(document.root());
    } catch (SourceException _) {
      return "refused";
    }
  }
}
