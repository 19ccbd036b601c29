package io.dioptra.worker.host;

import io.dioptra.worker.frame.FrameChannel;
import io.dioptra.worker.frame.ProtocolException;
import java.util.concurrent.CompletableFuture;

/** The connections of one template or host that was given a token, as they come in. */
record Arrival(
    String token,
    CompletableFuture<Greeted> main,
    CompletableFuture<FrameChannel> stdout,
    CompletableFuture<FrameChannel> stderr) {
  /** A main connection whose first frame has been read. */
  record Greeted(HostMessage.Hello hello, FrameChannel channel) {}

  Arrival(String token) {
    this(token, new CompletableFuture<>(), new CompletableFuture<>(), new CompletableFuture<>());
  }

  /** Sorts a connection by its role; each role comes once. */
  void arrived(HostMessage.Hello hello, FrameChannel channel) throws ProtocolException {
    boolean first =
        switch (hello.role()) {
          case "template", "host" -> main.complete(new Greeted(hello, channel));
          case "stdout" -> stdout.complete(channel);
          case "stderr" -> stderr.complete(channel);
          default -> throw new ProtocolException("unknown role \"" + hello.role() + "\"");
        };
    if (!first) {
      throw new ProtocolException("a second connection of role " + hello.role());
    }
  }
}
