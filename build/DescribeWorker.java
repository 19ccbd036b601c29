import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes down, for bin/dioptra-worker-v1, the JDK that the build found and the main class of a worker. */
final class DescribeWorker {
  public static void main(String[] args) throws IOException {
    Path folder = Files.createDirectories(Path.of(args[0]));
    Files.writeString(folder.resolve("java-home"), System.getProperty("java.home"));
    Files.writeString(folder.resolve("main"), args[1]);
  }
}
