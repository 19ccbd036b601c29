package io.dioptra.worker.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;

/** A free TCP port of this machine, for a server that is about to start. */
record Loopback(int port) {
  static final String HOST = "127.0.0.1";

  /** Another process may take the port before the server does; the server then says so and ends. */
  static Loopback free() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.ofLiteral(HOST))) {
      return new Loopback(socket.getLocalPort());
    }
  }

  URI http() {
    return URI.create("http://" + HOST + ":" + port);
  }

  String portText() {
    return Integer.toString(port);
  }
}
