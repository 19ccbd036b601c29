import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Runs google-java-format over the checkout: rewrites the sources, or with --check lists the wrong ones. */
final class FormatJava {
  public static void main(String[] args) throws IOException, InterruptedException {
    boolean check = args.length == 1 && args[0].equals("--check");
    if (args.length > 1 || (args.length == 1 && !check)) {
      System.err.println("usage: java build/FormatJava.java [--check]");
      System.exit(2);
    }
    Path formatter = Path.of("target/format/google-java-format.jar");
    if (!Files.exists(formatter)) {
      System.err.println("The formatter is not there yet. Run: mvn -N validate");
      System.exit(2);
    }
    List<String> command = new ArrayList<>(List.of(ProcessHandle.current().info().command().orElse("java")));
    for (String part : List.of("api", "code", "file", "parser", "tree", "util")) {
      command.add("--add-exports=jdk.compiler/com.sun.tools.javac." + part + "=ALL-UNNAMED");
    }
    command.addAll(List.of("-jar", formatter.toString()));
    command.addAll(check ? List.of("--dry-run", "--set-exit-if-changed") : List.of("--replace"));
    try (Stream<Path> files = Files.walk(Path.of("."))) {
      files
          .map(Path::normalize)
          .filter(file -> file.toString().endsWith(".java"))
          .filter(file -> !file.startsWith("build") && !file.toString().contains("target/"))
          .sorted()
          .forEach(file -> command.add(file.toString()));
    }
    int exit = new ProcessBuilder(command).inheritIO().start().waitFor();
    if (check && exit != 0) {
      System.err.println("The files above are not formatted. Run: make format");
    }
    System.exit(exit);
  }
}
