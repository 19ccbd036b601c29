package io.dioptra.worker.host;

import io.dioptra.worker.host.OutputOrder.Stream;
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
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a host, and whatever it starts, writes to descriptor 1 or 2: read to its end on an own
 * thread, a line an event, in order with the host's log records. It blocks nobody and outlives the
 * host, so the last words of a crash arrive.
 */
final class RawOutput implements Closeable {
  private static final Logger LOG = LoggerFactory.getLogger(RawOutput.class);
  private static final int TAIL_LINES = 30;

  private final SocketChannel socket;
  private final Stream stream;
  private final OutputOrder order;
  private final LineSplitter lines;
  private final Deque<String> tail = new ArrayDeque<>();
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private final AtomicLong bytesRead = new AtomicLong();

  /**
   * Starts to read.
   *
   * @param token of the host, which stands in its marks
   */
  RawOutput(
      SocketChannel socket,
      String token,
      Stream stream,
      OutputOrder order,
      TaskEvents events,
      InstantSource clock) {
    this.socket = socket;
    this.stream = stream;
    this.order = order;
    String name = stream.name().toLowerCase(Locale.ROOT);
    Severity severity = stream == Stream.STDOUT ? Severity.INFO : Severity.WARNING;
    this.lines =
        new LineSplitter(
            line -> {
              remember(line);
              events.log(LogLine.of(clock.instant(), severity, name, line));
            });
    Thread.ofVirtual().name("host-" + name).start(() -> drain(token));
  }

  /** The last lines, oldest first. */
  String tail() {
    synchronized (tail) {
      return String.join("\n", tail);
    }
  }

  /** How much has come so far: whoever waits for the end sees whether it still comes nearer. */
  long bytesRead() {
    return bytesRead.get();
  }

  /** Completed when the host and all that inherited the descriptor have closed it. */
  CompletableFuture<Void> ended() {
    return ended;
  }

  private void remember(String line) {
    synchronized (tail) {
      tail.addLast(line);
      if (tail.size() > TAIL_LINES) {
        tail.removeFirst();
      }
    }
  }

  private void drain(String token) {
    Parts parts = new Parts();
    MarkedText text = new MarkedText(token, parts);
    ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
    try {
      while (socket.read(buffer) >= 0) {
        text.accept(buffer.array(), buffer.position());
        bytesRead.addAndGet(buffer.position());
        buffer.clear();
      }
      text.end();
      parts.await();
    } catch (IOException e) {
      LOG.debug("The output of a task host ended", e);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      lines.end();
      order.ended(stream);
      ended.complete(null);
    }
  }

  /** Waits at a mark only when something lies behind it: most marks come one after the other. */
  private final class Parts implements MarkedText.Reader {
    private long frame;
    private long other;

    @Override
    public void text(byte[] bytes, int from, int to) throws InterruptedException {
      await();
      lines.accept(bytes, from, to);
    }

    @Override
    public void mark(char kind, long number) throws InterruptedException {
      if (kind == 'A') {
        await();
        lines.end();
      }
      if (kind == 'S') {
        other = number;
      } else {
        frame = number;
      }
      order.reached(stream, number);
    }

    void await() throws InterruptedException {
      if (frame > 0) {
        order.awaitFrame(frame);
        frame = 0;
      }
      if (other > 0) {
        order.awaitStream(stream.other(), other);
        other = 0;
      }
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
