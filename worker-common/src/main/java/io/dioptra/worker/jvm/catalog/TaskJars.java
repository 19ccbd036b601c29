package io.dioptra.worker.jvm.catalog;

import java.io.File;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The jars of tasks: those that come with the worker and those of the site. They are not on the
 * class path, which is that of the worker: the image has an archive of the classes there, and Java
 * refuses it for a class path that goes on elsewhere.
 */
public final class TaskJars {
  /** Names their folders, as a class path is written. */
  public static final String FOLDERS = "dioptra.jars";

  private TaskJars() {}

  /**
   * Lets this thread, and those it starts, find what is in the jars.
   *
   * @param problems told of each folder that cannot be read, in a sentence
   */
  public static void use(Consumer<String> problems) {
    List<URL> jars = new ArrayList<>();
    Pattern.compile(File.pathSeparator, Pattern.LITERAL)
        .splitAsStream(System.getProperty(FOLDERS, ""))
        .filter(it -> !it.isEmpty())
        .forEach(folder -> jars.addAll(in(Path.of(folder), problems)));
    Thread thread = Thread.currentThread();
    thread.setContextClassLoader(
        new URLClassLoader("tasks", jars.toArray(URL[]::new), ClassLoader.getSystemClassLoader()));
  }

  private static List<URL> in(Path folder, Consumer<String> problems) {
    try (Stream<Path> files = Files.list(folder)) {
      List<URL> jars = new ArrayList<>();
      for (Path jar : files.filter(TaskJars::isJar).sorted().toList()) {
        jars.add(url(jar));
      }
      return jars;
    } catch (IOException e) {
      problems.accept("The folder %s of JVM tasks cannot be read: %s".formatted(folder, e));
      return List.of();
    }
  }

  private static boolean isJar(Path file) {
    return file.toString().endsWith(".jar");
  }

  private static URL url(Path jar) throws MalformedURLException {
    return jar.toUri().toURL();
  }
}
