package io.dioptra.worker.api;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;

/**
 * A server that behaves as badly as a test wants: it carries out a request and then closes the
 * connection, cuts its answer, or says nothing. Belongs to the test that starts it.
 */
public final class ScriptedServer implements AutoCloseable {
  private final ServerSocket listening;
  private final Function<Seen, Reaction> script;
  private final Queue<Seen> seen = new ConcurrentLinkedQueue<>();
  private final Queue<Socket> open = new ConcurrentLinkedQueue<>();

  /** A request as it arrived. */
  public record Seen(String method, String path, String cookie, String body) {
    @Override
    public String toString() {
      return method + " " + path;
    }
  }

  /** What the server does about a request. */
  public sealed interface Reaction {
    /** Answers; the connection stays open. */
    record Reply(int status, String body, List<String> headers) implements Reaction {
      public Reply {
        headers = List.copyOf(headers);
      }

      Reply(int status, String body) {
        this(status, body, List.of());
      }
    }

    /** Answers as if the connection stayed open, and closes it. */
    record ReplyAndClose(int status, String body) implements Reaction {}

    /** Closes the connection without a word. */
    record Close() implements Reaction {}

    /** Sends a success whose body ends too early. */
    record Cut(String body) implements Reaction {}

    /** Does nothing. */
    record Silence() implements Reaction {}
  }

  private ScriptedServer(Function<Seen, Reaction> script) throws IOException {
    this.script = script;
    this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  }

  /** Starts on a free port; {@code script} is called by one thread for each connection. */
  public static ScriptedServer start(Function<Seen, Reaction> script) throws IOException {
    ScriptedServer server = new ScriptedServer(script);
    Thread.ofVirtual().name("scripted-server").start(server::accept);
    return server;
  }

  public URI uri() {
    return URI.create("http://127.0.0.1:" + listening.getLocalPort());
  }

  /** All requests so far, as {@code METHOD /path}. */
  public List<String> requests() {
    return seen.stream().map(Seen::toString).toList();
  }

  @Override
  public void close() throws IOException {
    listening.close();
    for (Socket socket : open) {
      socket.close();
    }
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = listening.accept();
        open.add(socket);
        Thread.ofVirtual().name("scripted-connection").start(() -> serve(socket));
      }
    } catch (IOException _) {
      // Closed.
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      InputStream in = new BufferedInputStream(socket.getInputStream());
      while (true) {
        Seen request = read(in);
        seen.add(request);
        if (!react(script.apply(request), socket.getOutputStream())) {
          return;
        }
      }
    } catch (IOException _) {
      // The client closed the connection.
    }
  }

  /** Returns whether the connection goes on. */
  private static boolean react(Reaction reaction, OutputStream out) throws IOException {
    return switch (reaction) {
      case Reaction.Reply(int status, String body, List<String> headers) -> {
        write(out, status, body, body.length(), headers);
        yield true;
      }
      case Reaction.ReplyAndClose(int status, String body) -> {
        write(out, status, body, body.length(), List.of());
        yield false;
      }
      case Reaction.Cut(String body) -> {
        write(out, 200, body, body.length() + 100, List.of());
        yield false;
      }
      case Reaction.Close() -> false;
      case Reaction.Silence() -> true;
    };
  }

  private static void write(
      OutputStream out, int status, String body, int length, List<String> headers)
      throws IOException {
    StringBuilder head = new StringBuilder("HTTP/1.1 " + status + " X\r\n");
    head.append("Content-Type: application/json\r\nContent-Length: " + length + "\r\n");
    headers.forEach(header -> head.append(header).append("\r\n"));
    head.append("\r\n").append(body);
    out.write(head.toString().getBytes(StandardCharsets.US_ASCII));
    out.flush();
  }

  private static Seen read(InputStream in) throws IOException {
    String[] start = line(in).split(" ", 3);
    List<String> headers = new ArrayList<>();
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      headers.add(line);
    }
    String length = header(headers, "content-length");
    byte[] body = in.readNBytes(length.isEmpty() ? 0 : Integer.parseInt(length));
    return new Seen(
        start[0], start[1], header(headers, "cookie"), new String(body, StandardCharsets.UTF_8));
  }

  private static String header(List<String> headers, String name) {
    return headers.stream()
        .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
        .map(line -> line.substring(name.length() + 1).strip())
        .findFirst()
        .orElse("");
  }

  private static String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new IOException("end of stream");
      }
      if (c != '\r') {
        line.write(c);
      }
    }
    return line.toString(StandardCharsets.UTF_8);
  }
}
