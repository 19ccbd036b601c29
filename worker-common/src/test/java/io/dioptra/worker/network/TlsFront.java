package io.dioptra.worker.network;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import javax.net.ssl.SSLContext;

/** Takes connections with TLS and hands them on to a server of this machine that has none. */
public final class TlsFront implements AutoCloseable {
  private final ServerSocket door;
  private final int target;

  private TlsFront(ServerSocket door, int target) {
    this.door = door;
    this.target = target;
  }

  public static TlsFront of(URI server, SSLContext context) throws IOException {
    TlsFront front =
        new TlsFront(
            context
                .getServerSocketFactory()
                .createServerSocket(0, 50, InetAddress.getLoopbackAddress()),
            server.getPort());
    Thread.ofVirtual().name("tls-front").start(front::accept);
    return front;
  }

  /** Its address under a name that its certificate has to bear. */
  public String at(String host) {
    return "https://" + host + ":" + door.getLocalPort();
  }

  private void accept() {
    try {
      while (true) {
        Socket client = door.accept();
        Thread.ofVirtual().name("tls-connection").start(() -> serve(client));
      }
    } catch (IOException _) {
      // Closed.
    }
  }

  private void serve(Socket client) {
    try (client;
        Socket server = new Socket(InetAddress.getLoopbackAddress(), target)) {
      Pipe.between(client, server);
    } catch (IOException _) {
      // The handshake failed, or the server is gone.
    }
  }

  @Override
  public void close() throws IOException {
    door.close();
  }
}
