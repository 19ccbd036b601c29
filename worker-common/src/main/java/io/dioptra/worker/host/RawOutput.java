package io.dioptra.worker.host;

import io.dioptra.worker.task.LogLine;
import io.dioptra.worker.task.Severity;
import io.dioptra.worker.task.TaskEvents;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a host writes to descriptor 1 or 2 past Python: read to its end on an own thread, a line an
 * event. It blocks nobody and outlives the host, so the last words of a crash arrive.
 */
final class RawOutput implements Closeable {
  private static final Logger LOG = LoggerFactory.getLogger(RawOutput.class);
  private static final int TAIL_LINES = 25;

  private final SocketChannel socket;
  private final LineSplitter lines;
  private final Deque<String> tail = new ArrayDeque<>();
  private final CompletableFuture<Void> ended = new CompletableFuture<>();

  RawOutput(
      SocketChannel socket,
      String name,
      Severity severity,
      TaskEvents events,
      InstantSource clock) {
    this.socket = socket;
    this.lines =
        new LineSplitter(
            line -> {
              remember(line);
              events.log(LogLine.of(clock.instant(), severity, name, line));
            });
    Thread.ofVirtual().name("host-" + name).start(this::drain);
  }

  /** The last lines, oldest first. */
  synchronized String tail() {
    return String.join("\n", tail);
  }

  /** Completed when the host and all that inherited the descriptor have closed it. */
  CompletableFuture<Void> ended() {
    return ended;
  }

  private synchronized void remember(String line) {
    tail.addLast(line);
    if (tail.size() > TAIL_LINES) {
      tail.removeFirst();
    }
  }

  private void drain() {
    ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
    try {
      while (socket.read(buffer) >= 0) {
        lines.accept(buffer.array(), buffer.position());
        buffer.clear();
      }
    } catch (IOException e) {
      LOG.debug("The output of a task host ended", e);
    } finally {
      lines.end();
      ended.complete(null);
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
