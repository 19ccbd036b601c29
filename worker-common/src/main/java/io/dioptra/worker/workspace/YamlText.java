package io.dioptra.worker.workspace;

import io.dioptra.worker.task.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;

/** Values as YAML with sorted keys, the way PyYAML's {@code safe_dump} writes them. */
public final class YamlText {
  private YamlText() {}

  /** The text of a value without references. */
  public static String of(Value value) {
    DumpSettings settings = DumpSettings.builder().setDefaultFlowStyle(FlowStyle.BLOCK).build();
    return new Dump(settings).dumpToString(plain(value));
  }

  private static @Nullable Object plain(Value value) {
    return switch (value) {
      case Value.Null _ -> null;
      case Value.Bool(boolean flag) -> flag;
      case Value.Int(var number) -> number;
      case Value.Real(double number) -> number;
      case Value.Text(String text) -> text;
      case Value.Items(var items) -> {
        List<@Nullable Object> list = new ArrayList<>();
        items.forEach(item -> list.add(plain(item)));
        yield list;
      }
      case Value.Members(var members) -> {
        Map<String, @Nullable Object> sorted = new TreeMap<>();
        members.forEach((name, member) -> sorted.put(name, plain(member)));
        yield sorted;
      }
      case Value.Reference(var handle) ->
          throw new IllegalArgumentException("a reference has no text: " + handle);
    };
  }
}
