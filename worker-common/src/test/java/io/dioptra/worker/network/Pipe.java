package io.dioptra.worker.network;

import java.io.IOException;
import java.net.Socket;

/** Carries bytes between two connections, both ways, until one of them ends. */
final class Pipe {
  private Pipe() {}

  static void between(Socket one, Socket other) {
    Thread.ofVirtual().name("pipe-there").start(() -> carry(one, other));
    carry(other, one);
  }

  private static void carry(Socket from, Socket to) {
    try (from;
        to) {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException _) {
      // Either side is gone, and so is the other.
    }
  }
}
