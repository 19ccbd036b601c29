package io.dioptra.worker.app;

import io.dioptra.worker.config.ServiceAddress;
import io.dioptra.worker.retry.MonotonicClock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.security.Security;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits until servers take connections, one after the other ({@code --wait-for}). Used by one
 * thread, once.
 */
final class ServerWait {
  private static final Logger LOG = LoggerFactory.getLogger(ServerWait.class);
  private static final Duration CONNECT = Duration.ofSeconds(3);
  private static final Duration PAUSE = Duration.ofMillis(250);

  /** Longer than anything runs. */
  private static final Duration ENDLESS = Duration.ofDays(36_500);

  private final List<ServiceAddress> servers;
  private final Duration limit;
  private final MonotonicClock clock;
  private volatile String waitsFor = "";
  private volatile String problem = "no answer";

  /**
   * @param limit for all of them together; zero for none
   */
  ServerWait(List<ServiceAddress> servers, Duration limit, MonotonicClock clock) {
    this.servers = List.copyOf(servers);
    this.limit = limit;
    this.clock = clock;
  }

  /**
   * Returns when all servers are there, or at once when the worker is told to end.
   *
   * @param told completed when the worker is told to end
   * @throws StartException if one of them does not come within the limit
   */
  void await(CompletableFuture<Void> told) throws StartException, InterruptedException {
    // A name that is not known yet is asked for again soon; Java's own default is after 10 s.
    Security.setProperty("networkaddress.cache.negative.ttl", "1");
    CompletableFuture<Void> there = new CompletableFuture<>();
    // Looking up a name can neither be limited nor interrupted, so it has a thread of its own.
    Thread visitor = Thread.ofVirtual().name("wait-for").start(() -> visit(there));
    try {
      Duration most = limit.isZero() ? ENDLESS : limit;
      CompletableFuture.anyOf(there, told).get(most.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw new StartException(
          ("Cannot start: %s could not be reached within %d s: %s. The operator should check that"
                  + " this server runs and that --wait-for names it rightly; --wait-timeout sets"
                  + " another limit, 0 for none.")
              .formatted(waitsFor, limit.toSeconds(), problem),
          e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("waiting for " + servers + " failed", e.getCause());
    } finally {
      visitor.interrupt();
    }
  }

  private void visit(CompletableFuture<Void> there) {
    try {
      for (ServiceAddress server : servers) {
        visit(server);
      }
      there.complete(null);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      there.completeExceptionally(e);
    }
  }

  private void visit(ServiceAddress server) throws InterruptedException {
    waitsFor = server.toString();
    long start = clock.nanoTime();
    if (!answers(server)) {
      LOG.info("Waiting for {}: {}", server, problem);
      do {
        clock.sleep(PAUSE);
      } while (!answers(server));
    }
    double seconds = (clock.nanoTime() - start) / 1e9;
    LOG.info("{} is there after {} s", server, "%.1f".formatted(seconds));
  }

  private boolean answers(ServiceAddress server) {
    try {
      for (InetAddress address : InetAddress.getAllByName(server.host())) {
        if (answers(new InetSocketAddress(address, server.port()))) {
          return true;
        }
      }
    } catch (UnknownHostException _) {
      problem = "its name is not known";
    }
    return false;
  }

  private boolean answers(InetSocketAddress address) {
    try (Socket socket = new Socket()) {
      socket.connect(address, Math.toIntExact(CONNECT.toMillis()));
      return true;
    } catch (IOException e) {
      problem = String.valueOf(e.getMessage());
      return false;
    }
  }
}
