package io.dioptra.worker.host;

import io.dioptra.worker.frame.FrameChannel;
import io.dioptra.worker.frame.ProtocolException;
import java.io.Closeable;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * Requests and their answers over one connection. Owns the thread that reads it. Every request gets
 * one answer, or an {@link IOException} when the connection ends first.
 */
final class Conversation implements Closeable {
  private static final Logger LOG = LoggerFactory.getLogger(Conversation.class);

  private final FrameChannel channel;
  private final OutputOrder order;
  private final Consumer<HostMessage> events;
  private final Map<Long, CompletableFuture<HostMessage>> open = new ConcurrentHashMap<>();
  private final AtomicLong lastId = new AtomicLong();
  private final CompletableFuture<IOException> ended = new CompletableFuture<>();

  /**
   * Starts to read.
   *
   * @param order where a frame waits for what was printed before it
   * @param events gets what is no answer, on the reading thread, in order
   */
  @SuppressWarnings("FutureReturnValueIgnored") // the thread reports its end through `ended`
  Conversation(String name, FrameChannel channel, OutputOrder order, Consumer<HostMessage> events) {
    this.channel = channel;
    this.order = order;
    this.events = events;
    Thread.ofVirtual().name(name).start(this::read);
  }

  /** Sends a request. The answer is {@link HostMessage.Done} or {@link HostMessage.Failed}. */
  CompletableFuture<HostMessage> ask(HostRequest request) {
    long id = lastId.incrementAndGet();
    CompletableFuture<HostMessage> answer = new CompletableFuture<>();
    open.put(id, answer);
    try {
      channel.write(request.encode(id));
    } catch (IOException e) {
      open.remove(id);
      answer.completeExceptionally(e);
    }
    IOException end = ended.getNow(null);
    if (end != null) {
      answer.completeExceptionally(end);
    }
    return answer;
  }

  /** Answers what the other side has asked. */
  void tell(HostReply reply) throws IOException {
    channel.write(reply.encode());
  }

  /** Completed when nothing more can be read, with the reason. */
  CompletableFuture<IOException> ended() {
    return ended;
  }

  private void read() {
    IOException reason = new IOException("the connection was closed");
    try {
      while (true) {
        Optional<JsonNode> frame = channel.read();
        if (frame.isEmpty()) {
          break;
        }
        long mark = frame.get().path("mark").asLong(0);
        order.awaitStreams(mark);
        dispatch(HostMessage.parse(frame.get()));
        order.taken(mark);
      }
    } catch (ProtocolException e) {
      LOG.error("Closing the connection of a task host: {}", e.getMessage());
      reason = e;
    } catch (IOException e) {
      reason = e;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      order.framesEnded();
    }
    end(reason);
  }

  private void dispatch(HostMessage message) throws ProtocolException {
    switch (message) {
      case HostMessage.Done done -> answer(done.id(), done);
      case HostMessage.Failed failed -> answer(failed.id(), failed);
      case HostMessage.Hello _ -> throw new ProtocolException("a second hello");
      case HostMessage.Importing _,
          HostMessage.Ready _,
          HostMessage.Ended _,
          HostMessage.Log _,
          HostMessage.Want _ ->
          events.accept(message);
    }
  }

  private void answer(long id, HostMessage message) throws ProtocolException {
    CompletableFuture<HostMessage> waiting = open.remove(id);
    if (waiting == null) {
      throw new ProtocolException("an answer to request " + id + ", which is not open");
    }
    waiting.complete(message);
  }

  private void end(IOException reason) {
    ended.complete(reason);
    open.values().forEach(waiting -> waiting.completeExceptionally(reason));
    try {
      close();
    } catch (IOException e) {
      LOG.debug("Closing a connection that has ended", e);
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
