package io.dioptra.worker.source;

import io.dioptra.worker.source.Growth.Grown;
import io.dioptra.worker.task.JsonText;
import io.dioptra.worker.task.PythonText;
import io.dioptra.worker.task.Value;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Reads YAML so that it means what it means to PyYAML's {@code safe_load}. Built on the library's
 * events: they need no recursion, and what an alias stands for is shared and counted, not copied.
 */
final class YamlReader {
  private final String file;
  private final Bounds bounds;
  private final Deque<Growth> open = new ArrayDeque<>();
  private final Deque<Optional<Anchor>> openAnchors = new ArrayDeque<>();
  private final Map<Anchor, Grown> anchors = new HashMap<>();
  private final Set<Anchor> used = new HashSet<>();
  private final List<Remark> remarks = new ArrayList<>();
  private @Nullable Grown root;

  YamlReader(String file) {
    this.file = file;
    this.bounds = new Bounds(file);
  }

  Document read(String text) throws SourceException {
    Spaces spaces = new Spaces();
    // The library's own buffer is copied again and again while it reads a long scalar.
    LoadSettings settings =
        LoadSettings.builder()
            .setLabel(file)
            .setBufferSize(Math.max(1024, text.length()))
            .setCodePointLimit(Integer.MAX_VALUE)
            .build();
    try {
      Iterator<Event> events = new Parse(settings).parseString(text).iterator();
      while (events.hasNext()) {
        Event event = events.next();
        spaces.note(event);
        take(event);
      }
    } catch (MarkedYamlEngineException e) {
      throw SourceException.at(
          file, position(e.getProblemMark().or(e::getContextMark)), problem(e));
    } catch (YamlEngineException e) {
      throw new SourceException(file + ": no YAML: " + firstLine(e));
    }
    if (root == null) {
      throw new SourceException(file + ": is empty");
    }
    spaces.check(file, text);
    return new Document(root.value(), root.spot(), remarks);
  }

  private void take(Event event) throws SourceException {
    Position at = position(event.getStartMark());
    if (event instanceof NodeEvent) {
      bounds.count(at, open.size());
    }
    switch (event) {
      case DocumentStartEvent _ when root != null ->
          throw refused(at, "a second document begins here; one is expected");
      case AliasEvent alias -> part(aliased(alias.getAlias(), at), at);
      case ScalarEvent scalar -> scalar(scalar, at);
      case CollectionStartEvent start -> begin(start, at);
      case CollectionEndEvent _ -> {
        Grown grown = open.pop().grown();
        openAnchors.pop().ifPresent(anchor -> anchors.put(anchor, grown));
        bounds.check(grown.spot().at(), grown.size());
        part(grown, grown.spot().at());
      }
      default -> {}
    }
  }

  private void begin(CollectionStartEvent start, Position at) throws SourceException {
    boolean isObject = start instanceof MappingStartEvent;
    String expected = YamlScalar.PREFIX + (isObject ? "map" : "seq");
    String tag = start.getTag().filter(it -> !it.equals("!")).orElse(expected);
    if (!tag.equals(expected)) {
      throw refused(at, "Dioptra cannot use a value with the tag " + tag);
    }
    if (wantsName()) {
      throw refused(at, "the name of a member is a list or an object");
    }
    anchor(start, at);
    open.push(isObject ? Growth.object(at) : Growth.list(at));
    openAnchors.push(start.getAnchor());
  }

  private void anchor(NodeEvent node, Position at) throws SourceException {
    if (node.getAnchor().isPresent() && !used.add(node.getAnchor().get())) {
      throw refused(at, "the anchor &" + node.getAnchor().get() + " stands here a second time");
    }
  }

  private Grown aliased(Anchor alias, Position at) throws SourceException {
    Grown known = anchors.get(alias);
    if (known != null) {
      return known;
    }
    throw refused(
        at,
        used.contains(alias)
            ? "*" + alias + " stands within what it stands for"
            : "there is no anchor &" + alias + " before this");
  }

  private void scalar(ScalarEvent scalar, Position at) throws SourceException {
    anchor(scalar, at);
    String text = scalar.getValue();
    String tag =
        scalar
            .getTag()
            .filter(it -> !it.equals("!"))
            .orElseGet(
                () ->
                    scalar.isPlain() || scalar.getTag().isPresent()
                        ? YamlScalar.tagOf(text)
                        : YamlScalar.PREFIX + "str");
    switch (YamlScalar.of(tag, text)) {
      case YamlScalar.Plain(Value value) -> {
        Grown grown = new Grown(value, Spot.of(at), 1);
        scalar.getAnchor().ifPresent(anchor -> anchors.put(anchor, grown));
        part(grown, at);
      }
      case YamlScalar.NoJson(String what) -> {
        remarks.add(new Remark.NoJson(what, at));
        part(new Grown(new Value.Text(text), Spot.of(at), 1), at);
      }
      case YamlScalar.Merge _ when wantsName() -> open.element().startMerge();
      case YamlScalar.Merge _ -> throw refused(at, "<< is the name of a member only");
      case YamlScalar.EqualsSign _ when wantsName() ->
          part(new Grown(new Value.Text(text), Spot.of(at), 1), at);
      case YamlScalar.EqualsSign _ -> throw refused(at, "= is the name of a member only");
      case YamlScalar.Refused(String why) -> throw refused(at, why);
    }
  }

  private boolean wantsName() {
    return !open.isEmpty() && open.element().wantsName();
  }

  private void part(Grown part, Position at) throws SourceException {
    if (open.isEmpty()) {
      root = part;
    } else if (wantsName()) {
      name(part.value(), at);
    } else if (open.element().isMerging()) {
      merge(part, at);
    } else {
      open.element().add(part);
    }
  }

  private void merge(Grown part, Position at) throws SourceException {
    List<Grown> others = new ArrayList<>();
    switch (part.value()) {
      case Value.Members _ -> others.add(part);
      case Value.Items(var values) -> {
        for (int i = 0; i < values.size(); i++) {
          others.add(new Grown(values.get(i), part.spot().items().get(i), part.size()));
        }
      }
      default -> throw refused(at, "<< takes an object, or a list of objects");
    }
    if (!others.stream().allMatch(it -> it.value() instanceof Value.Members)) {
      throw refused(at, "<< takes an object, or a list of objects");
    }
    // Of several, the first counts.
    open.element().merge(others.reversed());
  }

  private void name(Value value, Position at) throws SourceException {
    String name =
        switch (value) {
          case Value.Text(String text) -> text;
          case Value.Items _, Value.Members _, Value.Reference _ ->
              throw refused(at, "the name of a member is a list or an object");
          case Value.Null _, Value.Bool _, Value.Int _, Value.Real _ -> {
            remarks.add(new Remark.OddName(path(), PythonText.repr(value), at));
            yield JsonText.of(value);
          }
        };
    Growth object = open.element();
    if (object.has(name)) {
      remarks.add(new Remark.Repeated(name, object.positionOf(name), at));
    }
    object.name(name, at);
  }

  /** The names that lead to the object that is being read. */
  private List<String> path() {
    List<String> path = new ArrayList<>();
    open.reversed().forEach(growth -> path.add(growth.current()));
    path.removeLast();
    return path;
  }

  private SourceException refused(Position at, String why) {
    return SourceException.at(file, at, why);
  }

  private static String problem(MarkedYamlEngineException e) {
    String context = e.getContext() == null ? "" : e.getContext() + ": ";
    return "no YAML: " + context + e.getProblem();
  }

  private static String firstLine(Exception e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }

  private static Position position(Optional<Mark> mark) {
    return mark.map(it -> new Position(it.getLine() + 1, it.getColumn() + 1))
        .orElse(new Position(1, 1));
  }
}
