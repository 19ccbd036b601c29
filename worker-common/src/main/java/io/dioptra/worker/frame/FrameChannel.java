package io.dioptra.worker.frame;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The frames of one connection, as {@code protocol/README.md} defines them: a length and that many
 * bytes of JSON. One thread reads; any thread may write, each frame whole.
 */
public final class FrameChannel implements Closeable {
  public static final int LIMIT = 64 * 1024 * 1024;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final SocketChannel socket;
  private final ReentrantLock writing = new ReentrantLock();
  private final ByteBuffer length = ByteBuffer.allocate(Integer.BYTES);

  public FrameChannel(SocketChannel socket) {
    this.socket = socket;
  }

  /** Waits for the next frame; empty when the other side has closed the connection. */
  public Optional<JsonNode> read() throws IOException {
    length.clear();
    if (!fill(length)) {
      return Optional.empty();
    }
    int size = length.flip().getInt();
    if (size < 2 || size > LIMIT) {
      throw new ProtocolException("a frame of " + Integer.toUnsignedLong(size) + " bytes");
    }
    ByteBuffer body = ByteBuffer.allocate(size);
    if (!fill(body)) {
      throw new EOFException("the connection ended inside a frame");
    }
    try {
      return Optional.of(JSON.readTree(body.array()));
    } catch (JacksonException e) {
      throw new ProtocolException("a frame that is not JSON: " + e.getOriginalMessage());
    }
  }

  public void write(ObjectNode message) throws IOException {
    byte[] body = JSON.writeValueAsBytes(message);
    if (body.length > LIMIT) {
      throw new ProtocolException("a message of " + body.length + " bytes; at most " + LIMIT);
    }
    ByteBuffer frame = ByteBuffer.allocate(Integer.BYTES + body.length);
    frame.putInt(body.length).put(body).flip();
    writing.lock();
    try {
      while (frame.hasRemaining()) {
        socket.write(frame);
      }
    } finally {
      writing.unlock();
    }
  }

  /**
   * Hands the bare connection over; nothing may be read or written through this object any more.
   */
  public SocketChannel socket() {
    return socket;
  }

  private boolean fill(ByteBuffer buffer) throws IOException {
    try {
      while (buffer.hasRemaining()) {
        if (socket.read(buffer) < 0) {
          if (buffer.position() > 0) {
            throw new EOFException("the connection ended inside a frame");
          }
          return false;
        }
      }
      return true;
    } catch (ClosedChannelException _) {
      return false;
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
