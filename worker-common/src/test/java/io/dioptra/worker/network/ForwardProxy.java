package io.dioptra.worker.network;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * A forward proxy that asks for a password. It takes every name for this machine, so that servers
 * can bear names that nobody else knows: who reaches them has come through it.
 */
public final class ForwardProxy implements AutoCloseable {
  public static final String USER = "me";
  public static final String PASSWORD = "p@ss";

  private static final String REFUSAL =
      String.join(
          "\r\n",
          "HTTP/1.1 407 Who are you?",
          "Proxy-Authenticate: Basic realm=\"site\"",
          "Content-Length: 0",
          "Connection: close",
          "",
          "");

  private final ServerSocket door;
  private final Queue<String> passed = new ConcurrentLinkedQueue<>();

  private ForwardProxy(ServerSocket door) {
    this.door = door;
  }

  public static ForwardProxy start() throws IOException {
    ForwardProxy proxy =
        new ForwardProxy(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
    Thread.ofVirtual().name("forward-proxy").start(proxy::accept);
    return proxy;
  }

  /** With the account. */
  public String url() {
    return "http://" + USER + ":p%40ss@127.0.0.1:" + door.getLocalPort();
  }

  /** What was let through so far: method and host. */
  public Set<String> passed() {
    return new TreeSet<>(passed);
  }

  private void accept() {
    try {
      while (true) {
        Socket client = door.accept();
        Thread.ofVirtual().name("proxy-connection").start(() -> serve(client));
      }
    } catch (IOException _) {
      // Closed.
    }
  }

  private void serve(Socket client) {
    try (client) {
      String head = head(client.getInputStream());
      if (isIntroduced(head)) {
        pass(client, head);
      } else {
        write(client, REFUSAL);
      }
    } catch (IOException _) {
      // Either side is gone.
    }
  }

  private void pass(Socket client, String head) throws IOException {
    String[] request = head.split(" ", 3);
    boolean isTunnel = request[0].equals("CONNECT");
    URI target = URI.create(isTunnel ? "//" + request[1] : request[1]);
    passed.add((isTunnel ? "CONNECT " : "plain ") + target.getHost());
    try (Socket server = new Socket(InetAddress.getLoopbackAddress(), target.getPort())) {
      if (isTunnel) {
        write(client, "HTTP/1.1 200 Go on\r\n\r\n");
      } else {
        // One request for each connection: the next one may be for another server.
        String path =
            target.getRawPath() + (target.getRawQuery() == null ? "" : "?" + target.getRawQuery());
        write(
            server,
            (request[0] + " " + path + " " + request[2])
                .replaceFirst("(?i)\r\nProxy-[^\r]*", "")
                .replaceFirst("(?i)\r\nConnection:[^\r]*", "")
                .replaceFirst("\r\n\r\n$", "\r\nConnection: close\r\n\r\n"));
      }
      Pipe.between(client, server);
    }
  }

  private static boolean isIntroduced(String head) {
    String words =
        Base64.getEncoder()
            .encodeToString((USER + ":" + PASSWORD).getBytes(StandardCharsets.UTF_8));
    return head.lines()
        .anyMatch(line -> line.equalsIgnoreCase("Proxy-Authorization: Basic " + words));
  }

  private static void write(Socket to, String text) throws IOException {
    to.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    to.getOutputStream().flush();
  }

  /** The request up to the empty line. */
  private static String head(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("end of stream");
      }
      head.write(next);
    }
    return head.toString(StandardCharsets.ISO_8859_1);
  }

  @Override
  public void close() throws IOException {
    door.close();
  }
}
