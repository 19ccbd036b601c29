package io.dioptra.worker.network;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;

/** Takes connections with TLS and hands them on to a server of this machine that has none. */
public final class TlsFront implements AutoCloseable {
  private final ServerSocket door;
  private final int target;

  private TlsFront(ServerSocket door, int target) {
    this.door = door;
    this.target = target;
  }

  public static TlsFront of(URI server, SSLContext context) throws IOException {
    return start(door(context), server);
  }

  /** The same, for clients that show a certificate of the authority. */
  public static TlsFront askingWhoIsThere(URI server, PrivateAuthority authority)
      throws IOException {
    SSLServerSocket door = door(authority.context());
    door.setNeedClientAuth(true);
    return start(door, server);
  }

  private static SSLServerSocket door(SSLContext context) throws IOException {
    return (SSLServerSocket)
        context
            .getServerSocketFactory()
            .createServerSocket(0, 50, InetAddress.getLoopbackAddress());
  }

  private static TlsFront start(ServerSocket door, URI server) {
    TlsFront front = new TlsFront(door, server.getPort());
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
