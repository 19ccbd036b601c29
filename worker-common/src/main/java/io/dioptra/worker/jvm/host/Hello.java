package io.dioptra.worker.jvm.host;

import io.dioptra.worker.frame.FrameChannel;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** The first frame of every connection. */
record Hello(int protocol, String role, String token) {
  static final int PROTOCOL = 1;

  static Hello of(JsonNode frame) {
    return new Hello(
        frame.path("type").asString("").equals("hello") ? frame.path("protocol").asInt(0) : 0,
        frame.path("role").asString(""),
        frame.path("token").asString(""));
  }

  /** Connects to the worker and says who this is. */
  static FrameChannel connect(Path socket, String token) throws IOException {
    SocketChannel connection = SocketChannel.open(StandardProtocolFamily.UNIX);
    connection.connect(UnixDomainSocketAddress.of(socket));
    FrameChannel channel = new FrameChannel(connection);
    channel.write(
        JsonNodeFactory.instance
            .objectNode()
            .put("type", "hello")
            .put("protocol", PROTOCOL)
            .put("role", "host")
            .put("token", token)
            .put("pid", ProcessHandle.current().pid()));
    return channel;
  }
}
