package io.dioptra.worker.queue;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands between a worker and Redis, and can lose the answer to the next script, or all contact.
 */
final class LossyLink implements AutoCloseable {
  private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");

  private final int target;
  private final ServerSocket door;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean losesNextAnswer = new AtomicBoolean();
  private final AtomicInteger generation = new AtomicInteger();
  private volatile boolean isCut;

  LossyLink(int target) throws IOException {
    this.target = target;
    this.door = new ServerSocket(0, 50, LOOPBACK);
    Thread.ofVirtual().name("lossy-link").start(this::accept);
  }

  String uri() {
    return "redis://127.0.0.1:" + door.getLocalPort();
  }

  /** Redis runs the next script, but its answer never arrives. */
  void loseNextAnswer() {
    losesNextAnswer.set(true);
  }

  boolean hasLostIt() {
    return !losesNextAnswer.get();
  }

  /** Ends all connections; new ones end at once. */
  void cut() {
    isCut = true;
    sockets.forEach(LossyLink::end);
  }

  /** The connections there are stay open and carry nothing any more; new ones do. */
  void mute() {
    generation.incrementAndGet();
  }

  void mend() {
    isCut = false;
  }

  @Override
  public void close() throws IOException {
    door.close();
    cut();
  }

  private void accept() {
    try {
      while (true) {
        Socket client = door.accept();
        if (isCut || !connect(client)) {
          end(client);
        }
      }
    } catch (IOException e) {
      // the door is closed
    }
  }

  /** Returns false where Redis is not there. */
  private boolean connect(Socket client) {
    Socket server;
    try {
      server = new Socket(LOOPBACK, target);
    } catch (IOException e) {
      return false;
    }
    sockets.add(client);
    sockets.add(server);
    AtomicBoolean isLost = new AtomicBoolean();
    int born = generation.get();
    Thread.ofVirtual().name("lossy-there").start(() -> there(client, server, isLost, born));
    Thread.ofVirtual().name("lossy-back").start(() -> back(server, client, isLost, born));
    return true;
  }

  private void there(Socket client, Socket server, AtomicBoolean isLost, int born) {
    byte[] buffer = new byte[65_536];
    try (client;
        server) {
      InputStream from = client.getInputStream();
      OutputStream to = server.getOutputStream();
      for (int count = from.read(buffer); count >= 0; count = from.read(buffer)) {
        if (new String(buffer, 0, count, ISO_8859_1).contains("EVAL")
            && losesNextAnswer.compareAndSet(true, false)) {
          isLost.set(true);
        }
        if (generation.get() == born) {
          to.write(buffer, 0, count);
        }
      }
    } catch (IOException e) {
      // either side is gone, and so is the other
    }
  }

  private void back(Socket server, Socket client, AtomicBoolean isLost, int born) {
    byte[] buffer = new byte[65_536];
    try (client;
        server) {
      InputStream from = server.getInputStream();
      OutputStream to = client.getOutputStream();
      for (int count = from.read(buffer); count >= 0; count = from.read(buffer)) {
        if (isLost.get()) {
          return;
        }
        if (generation.get() == born) {
          to.write(buffer, 0, count);
        }
      }
    } catch (IOException e) {
      // either side is gone, and so is the other
    }
  }

  private static void end(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
