package io.dioptra.worker.queue.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import redis.clients.jedis.exceptions.JedisConnectionException;

/**
 * A Unix domain socket in the clothes that Jedis knows: Java has channels for these sockets, but
 * neither streams nor timeouts. One thread reads, one writes, any may close. An interrupt does what
 * it does to Java's own sockets: it closes that of a virtual thread, and leaves others alone.
 */
final class UnixSocket extends Socket {
  private final SocketChannel channel;
  private final Selector readable;
  private volatile int timeoutMillis;

  private UnixSocket(SocketChannel channel, Selector readable) {
    this.channel = channel;
    this.readable = readable;
  }

  /** Connects at once or not at all: the other end is on this machine. */
  static UnixSocket connect(Path path, int timeoutMillis) {
    try {
      SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
      try {
        channel.connect(UnixDomainSocketAddress.of(path));
        channel.configureBlocking(false);
        Selector readable = Selector.open();
        channel.register(readable, SelectionKey.OP_READ);
        UnixSocket socket = new UnixSocket(channel, readable);
        socket.setSoTimeout(timeoutMillis);
        return socket;
      } catch (IOException e) {
        channel.close();
        throw e;
      }
    } catch (IOException e) {
      throw new JedisConnectionException("Failed to connect to " + path, e);
    }
  }

  @Override
  public InputStream getInputStream() {
    return new Input();
  }

  @Override
  public OutputStream getOutputStream() {
    return new Output();
  }

  @Override
  public void setSoTimeout(int millis) {
    timeoutMillis = millis;
  }

  @Override
  public int getSoTimeout() {
    return timeoutMillis;
  }

  @Override
  public boolean isConnected() {
    return true;
  }

  @Override
  public boolean isBound() {
    return true;
  }

  @Override
  public boolean isClosed() {
    return !channel.isOpen();
  }

  @Override
  public boolean isInputShutdown() {
    return false;
  }

  @Override
  public boolean isOutputShutdown() {
    return false;
  }

  @Override
  public void close() throws IOException {
    channel.close();
    // Wakes who waits.
    readable.close();
  }

  /** Repeats a transfer until it has moved something, or the timeout is over. */
  private int move(Transfer transfer, Selector ready) throws IOException {
    long start = System.nanoTime();
    boolean interrupted = false;
    try {
      int count = transfer.run();
      while (count == 0) {
        ready.select(left(start));
        ready.selectedKeys().clear();
        if (Thread.interrupted()) {
          interrupted = true;
          if (Thread.currentThread().isVirtual()) {
            close();
            throw new SocketException("Closed by interrupt");
          }
        }
        count = transfer.run();
      }
      return count;
    } catch (ClosedSelectorException e) {
      throw new SocketException("Socket closed", e);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Milliseconds, 0 for ever. */
  private long left(long start) throws SocketTimeoutException {
    int limit = timeoutMillis;
    if (limit == 0) {
      return 0;
    }
    long left = limit - TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    if (left <= 0) {
      throw new SocketTimeoutException("No answer within " + limit + " ms");
    }
    return left;
  }

  private interface Transfer {
    int run() throws IOException;
  }

  private final class Input extends InputStream {
    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
      ByteBuffer into = ByteBuffer.wrap(bytes, from, length);
      return length == 0 ? 0 : move(() -> channel.read(into), readable);
    }
  }

  private final class Output extends OutputStream {
    @Override
    public void write(int one) throws IOException {
      write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      ByteBuffer rest = ByteBuffer.wrap(bytes, from, length);
      channel.write(rest);
      if (rest.hasRemaining()) {
        // The other end is slow, which is rare.
        try (Selector writable = Selector.open()) {
          channel.register(writable, SelectionKey.OP_WRITE);
          while (rest.hasRemaining()) {
            move(() -> channel.write(rest), writable);
          }
        }
      }
    }
  }
}
