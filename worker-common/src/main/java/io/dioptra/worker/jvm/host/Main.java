package io.dioptra.worker.jvm.host;

import io.dioptra.worker.frame.ProtocolException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * The JVM task host: {@code Main SOCKET}, with the token on the first line of stdin. A template has
 * made it the leader of a session and connected its output.
 */
public final class Main {
  private static final int EX_USAGE = 64;
  private static final int EX_SOFTWARE = 70;
  private static final int EX_IOERR = 74;

  private Main() {}

  public static void main(String[] args) {
    Runtime.getRuntime().halt(run(args));
  }

  private static int run(String[] args) {
    if (args.length != 1) {
      return complain(EX_USAGE, "expected the path of the worker's socket as its only argument");
    }
    Path socket = Path.of(args[0]);
    try {
      return new WorkerConnection(Hello.connect(socket, token()), Catalog.load()).serve();
    } catch (ProtocolException e) {
      return complain(EX_SOFTWARE, "the protocol was broken: " + e.getMessage());
    } catch (IOException e) {
      return complain(EX_IOERR, "the connection to the worker failed: " + e.getMessage());
    }
  }

  private static String token() throws IOException {
    try (BufferedReader stdin =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII))) {
      String line = stdin.readLine();
      return line == null ? "" : line;
    }
  }

  private static int complain(int status, String message) {
    System.err.println("JVM task host: " + message);
    return status;
  }
}
