package io.dioptra.worker.host;

import io.dioptra.worker.frame.FrameChannel;
import io.dioptra.worker.frame.ProtocolException;
import java.io.Closeable;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * The socket that templates and hosts connect to, in a folder that only this user may enter. Owns
 * the thread that accepts; a connection that does not say a known token is closed.
 */
final class HostListener implements Closeable {
  static final int PROTOCOL = 1;
  static final Path TEMPORARY = Path.of(System.getProperty("java.io.tmpdir"));
  private static final String PREFIX = "dioptra-host-";

  /** Addresses have 107 bytes at most, and the names of folder and socket have 45. */
  private static final int LONGEST_FOLDER = 60;

  private static final Logger LOG = LoggerFactory.getLogger(HostListener.class);

  private final Path folder;
  private final ServerSocketChannel server;
  private final Map<String, Arrival> expected = new ConcurrentHashMap<>();
  private final SecureRandom random = new SecureRandom();

  private HostListener(Path folder, ServerSocketChannel server) {
    this.folder = folder;
    this.server = server;
  }

  /**
   * Listens.
   *
   * @param below where the folder of the socket is made, unless a socket's address would be too
   *     long for the system there: then among the temporary files
   */
  static HostListener open(Path below) throws IOException {
    Path folder =
        below.toString().length() < LONGEST_FOLDER
            ? Files.createTempDirectory(below, PREFIX)
            : Files.createTempDirectory(TEMPORARY, PREFIX);
    ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    HostListener listener = new HostListener(folder, server);
    server.bind(UnixDomainSocketAddress.of(listener.socket()), 64);
    Thread.ofVirtual().name("host-listener").start(listener::accept);
    return listener;
  }

  Path socket() {
    return folder.resolve("worker.sock");
  }

  /** Makes a token and waits, elsewhere, for who says it. */
  Arrival expect() {
    byte[] secret = new byte[16];
    random.nextBytes(secret);
    String token = HexFormat.of().formatHex(secret);
    Arrival arrival = new Arrival(token);
    expected.put(token, arrival);
    return arrival;
  }

  void forget(Arrival arrival) {
    expected.remove(arrival.token());
  }

  private void accept() {
    while (server.isOpen()) {
      try {
        SocketChannel socket = server.accept();
        Thread.ofVirtual().name("host-greeting").start(() -> greet(new FrameChannel(socket)));
      } catch (IOException e) {
        if (server.isOpen()) {
          LOG.error("No task host can connect any more: {}", e.getMessage());
        }
        return;
      }
    }
  }

  private void greet(FrameChannel channel) {
    try {
      JsonNode frame =
          channel.read().orElseThrow(() -> new ProtocolException("closed before a hello"));
      if (!(HostMessage.parse(frame) instanceof HostMessage.Hello hello)) {
        throw new ProtocolException("the first frame is no hello");
      }
      if (hello.protocol() != PROTOCOL) {
        throw new ProtocolException("version " + hello.protocol() + ", expected " + PROTOCOL);
      }
      Arrival arrival = expected.get(hello.token());
      if (arrival == null) {
        throw new ProtocolException("a hello with an unknown token");
      }
      arrival.arrived(hello, channel);
    } catch (IOException e) {
      LOG.warn("A connection to the task host socket was refused: {}", e.getMessage());
      closeQuietly(channel);
    }
  }

  private static void closeQuietly(FrameChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      LOG.debug("Closing a refused connection", e);
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    Files.deleteIfExists(socket());
    Files.deleteIfExists(folder);
  }
}
