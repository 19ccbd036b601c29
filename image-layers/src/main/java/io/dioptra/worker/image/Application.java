package io.dioptra.worker.image;

import io.dioptra.worker.image.Libraries.Use;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The worker itself: our jars, the Python package of the task host, and the files that make a
 * container of it.
 */
record Application(Build build) {
  private static final String TASK_HOST = "opt/dioptra/task-host";

  /** Returns our jars on the worker's class path. */
  List<Path> make(Path folder) throws IOException, BuildFailure {
    Cached.delete(folder);
    List<Path> jars = new Libraries(build, Use.WORKER).copyOwn(folder);
    new Libraries(build, Use.TASKS).copyOwn(folder);
    Path app = Files.createDirectories(folder.resolve("opt/dioptra/app"));
    Files.writeString(app.resolve("classpath"), Libraries.classPath("/" + Use.WORKER.path(), jars));
    Files.copy(build.worker().resolve("main"), app.resolve("main"));
    copy(build.checkout().resolve("worker-common/src/main/image"), folder);
    for (String empty : List.of("work", "home/dioptra", "dioptra/data")) {
      Files.createDirectories(folder.resolve(empty));
    }
    taskHost(folder.resolve(TASK_HOST));
    return jars;
  }

  private void taskHost(Path target) throws IOException, BuildFailure {
    copy(build.checkout().resolve("task-host/src"), target);
    String python =
        Program.output(
            build.checkout().toFile(),
            Map.of(),
            List.of(build.checkout().resolve("build/python-env").toString(), "uv"));
    Program.output(
        build.checkout().toFile(),
        Map.of("PYTHONHASHSEED", "0"),
        List.of(
            python,
            "-m",
            "compileall",
            "-q",
            "--invalidation-mode=unchecked-hash",
            "-s",
            target.toString(),
            "-p",
            "/" + TASK_HOST,
            target.toString()));
  }

  /** Copies a tree, without the byte code that a run from the checkout left in it. */
  private static void copy(Path source, Path target) throws IOException {
    try (Stream<Path> walk = Files.walk(source)) {
      for (Path path : walk.sorted().toList()) {
        String relative = source.relativize(path).toString();
        Path copy = target.resolve(relative);
        if (Files.isDirectory(path)) {
          Files.createDirectories(copy);
        } else if (!relative.endsWith(".pyc")) {
          Files.copy(path, copy, StandardCopyOption.COPY_ATTRIBUTES);
        }
      }
    }
  }
}
