package io.dioptra.worker.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Which modules the jobs of each queue imported that took long, and which of them must not be
 * preloaded, in a small file:
 *
 * <pre>{"queues": {"tensorflow-cpu": {"art.attacks.evasion": 2.25}}, "refused": {"x": "why"}}</pre>
 *
 * <p>with seconds. A file that cannot be read counts as empty, one that cannot be written as a
 * pity. Several workers may share it: each change is made to what the file says then, and replaces
 * it as a whole; of two at the same moment one is learned again by the next job. Jobs are not
 * trusted: their words are names of modules, and few. Not safe for several threads.
 */
final class LearnedImports {
  private static final Logger LOG = LoggerFactory.getLogger(LearnedImports.class);
  private static final Pattern MODULE = Pattern.compile("[A-Za-z_]\\w*(\\.[A-Za-z_]\\w*){0,15}");
  private static final int LONGEST_NAME = 200;
  private static final int LONGEST_REASON = 300;
  private static final int MOST_MODULES = 32;
  private static final int MOST_QUEUES = 32;
  private static final int MOST_REFUSED = 128;
  private static final long LARGEST = 1 << 20;

  private final Path file;
  private final List<String> queues;

  LearnedImports(PreloadSettings.Learning settings) {
    this.file = settings.file();
    this.queues = settings.queues();
  }

  /** The modules for the jobs of this worker's queues; those that take longest come first. */
  List<String> modules() {
    Content content = read();
    Map<String, Double> modules = new TreeMap<>();
    queues.forEach(
        queue -> content.of(queue).forEach((name, time) -> modules.merge(name, time, Math::max)));
    return longestFirst(modules);
  }

  /** Returns whether anything was new. */
  boolean add(String queue, List<HostMessage.Imported> imports) {
    Content content = read();
    Map<String, Double> known = content.queues.computeIfAbsent(queue, _ -> new TreeMap<>());
    List<String> before = List.copyOf(known.keySet());
    for (HostMessage.Imported each : imports) {
      if (isModule(each.module()) && !content.refused.containsKey(each.module())) {
        known.putIfAbsent(each.module(), each.seconds());
      }
    }
    known.keySet().retainAll(first(MOST_MODULES, longestFirst(known)));
    if (before.containsAll(known.keySet())) {
      return false;
    }
    if (content.queues.size() > MOST_QUEUES) {
      content.queues.keySet().retainAll(queues);
    }
    return write(content);
  }

  /** Forgets a module and does not learn it again. */
  void refuse(String module, String why) {
    Content content = read();
    content.queues.values().forEach(it -> it.remove(module));
    content.refused.put(module, why.substring(0, Math.min(LONGEST_REASON, why.length())));
    content.refused.keySet().retainAll(last(MOST_REFUSED, content.refused.keySet()));
    write(content);
  }

  private record Content(Map<String, Map<String, Double>> queues, Map<String, String> refused) {
    Map<String, Double> of(String queue) {
      return queues.getOrDefault(queue, Map.of());
    }
  }

  private Content read() {
    Content content = new Content(new TreeMap<>(), new LinkedHashMap<>());
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || !isOurs()) {
      return content;
    }
    try {
      if (Files.size(file) > LARGEST) {
        throw new IOException("it is larger than this worker writes it");
      }
      JsonNode root = JsonMapper.shared().readTree(Files.readAllBytes(file));
      for (var queue : root.path("queues").properties()) {
        Map<String, Double> modules = new TreeMap<>();
        queue.getValue().properties().stream()
            .filter(it -> isModule(it.getKey()) && it.getValue().isNumber())
            .limit(MOST_MODULES)
            .forEach(it -> modules.put(it.getKey(), it.getValue().asDouble()));
        content.queues.put(queue.getKey(), modules);
      }
      for (var refused : root.path("refused").properties()) {
        content.refused.put(refused.getKey(), refused.getValue().asString(""));
      }
    } catch (IOException | JacksonException e) {
      LOG.warn("{} is not readable and begun anew: {}", file, firstLine(e));
      return new Content(new TreeMap<>(), new LinkedHashMap<>());
    }
    return content;
  }

  /** In a folder that others may write, too, what lies there need not be ours. */
  private boolean isOurs() {
    try {
      return Files.getAttribute(file, "unix:uid", LinkOption.NOFOLLOW_LINKS)
          .equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
    } catch (IOException | UnsupportedOperationException _) {
      return true;
    }
  }

  private boolean write(Content content) {
    ObjectNode root = JsonMapper.shared().createObjectNode();
    ObjectNode known = root.putObject("queues");
    content.queues.forEach(
        (queue, modules) -> {
          ObjectNode times = known.putObject(queue);
          modules.forEach(times::put);
        });
    ObjectNode refused = root.putObject("refused");
    content.refused.forEach(refused::put);
    try {
      Path folder = file.toAbsolutePath().getParent();
      Path fresh = Files.createTempFile(folder, ".preload-", ".json");
      try {
        Files.writeString(fresh, root.toPrettyString());
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(fresh);
      }
      return true;
    } catch (IOException e) {
      LOG.warn("What jobs import cannot be kept in {}: {}", file, e.toString());
      return false;
    }
  }

  private static boolean isModule(String name) {
    return name.length() <= LONGEST_NAME && MODULE.matcher(name).matches();
  }

  private static List<String> longestFirst(Map<String, Double> modules) {
    return modules.entrySet().stream()
        .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
        .map(Map.Entry::getKey)
        .toList();
  }

  private static List<String> first(int count, List<String> names) {
    return names.subList(0, Math.min(count, names.size()));
  }

  private static List<String> last(int count, Iterable<String> names) {
    List<String> all = new ArrayList<>();
    names.forEach(all::add);
    return all.subList(Math.max(0, all.size() - count), all.size());
  }

  private static String firstLine(Exception e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }
}
