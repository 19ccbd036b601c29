package io.dioptra.worker.jvm.plugin;

import ch.qos.logback.classic.Level;
import io.dioptra.worker.jvm.catalog.Catalog;
import io.dioptra.worker.jvm.catalog.Library;
import io.dioptra.worker.jvm.catalog.TaskJars;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows the JVM tasks that a job finds. The arguments are {@code list}, {@code toml} or {@code
 * plugin=FOLDER}, then names of libraries, none for all. The worker starts it, and loads none of
 * these classes itself.
 */
public final class Main {
  private static final String PLUGIN = "plugin=";

  private Main() {}

  public static void main(String[] args) {
    PrintStream out = System.out;
    // What libraries say while they are loaded must not get into a file that Dioptra reads.
    System.setOut(System.err);
    if (LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)
        instanceof ch.qos.logback.classic.Logger root) {
      root.setLevel(Level.WARN);
    }
    Runtime.getRuntime().exit(run(List.of(args), out));
  }

  private static int run(List<String> args, PrintStream out) {
    List<String> problems = new ArrayList<>();
    TaskJars.use(problems::add);
    List<Library> libraries =
        chosen(Catalog.load(problems::add).libraries(), args.subList(1, args.size()), problems);
    if (libraries.isEmpty() && problems.isEmpty()) {
      problems.add(
          "No JVM tasks were found. The operator can add jars of them, see docs/jvm-tasks.md.");
    }
    try {
      show(args.getFirst(), libraries, out);
    } catch (IOException e) {
      problems.add(String.valueOf(e.getMessage()));
    }
    out.flush();
    problems.forEach(System.err::println);
    return problems.isEmpty() ? 0 : 1;
  }

  private static List<Library> chosen(
      List<Library> all, List<String> names, List<String> problems) {
    List<String> known = all.stream().map(Library::name).toList();
    for (String name : names) {
      if (!known.contains(name)) {
        problems.add(
            "No library of JVM tasks is called \"%s\"; there %s."
                .formatted(name, known.isEmpty() ? "is none" : "are " + String.join(", ", known)));
      }
    }
    return all.stream().filter(it -> names.isEmpty() || names.contains(it.name())).toList();
  }

  private static void show(String form, List<Library> libraries, PrintStream out)
      throws IOException {
    if (form.startsWith(PLUGIN)) {
      PluginFolder folder = new PluginFolder(Path.of(form.substring(PLUGIN.length())));
      folder.write(libraries).forEach(out::println);
    } else if (form.equals("toml")) {
      out.print(new ImportFile(libraries).text());
    } else {
      libraries.forEach(it -> out.print(new Listing(it).text()));
    }
  }
}
