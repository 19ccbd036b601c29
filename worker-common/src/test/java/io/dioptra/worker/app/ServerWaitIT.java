package io.dioptra.worker.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dioptra.worker.config.ServiceAddress;
import io.dioptra.worker.retry.MonotonicClock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ServerWaitIT {
  private static final Duration LONG = Duration.ofMinutes(1);
  private static final CompletableFuture<Void> NEVER_TOLD = new CompletableFuture<>();

  @Test
  void serversThatAreThereAreNotWaitedForAlsoOnIpv6() throws Exception {
    try (ServerSocket four = listener("127.0.0.1");
        ServerSocket six = listener("::1")) {
      ServerWait wait = wait(LONG, address("127.0.0.1", four), address("::1", six));
      assertThatCode(() -> wait.await(NEVER_TOLD)).doesNotThrowAnyException();
    }
  }

  @Test
  void aServerThatComesLaterIsAwaited() throws Exception {
    int port;
    try (ServerSocket free = listener("127.0.0.1")) {
      port = free.getLocalPort();
    }
    // The clock is asked to wait after each attempt in vain: the server comes after the second.
    CountDownLatch attempts = new CountDownLatch(2);
    CompletableFuture<ServerSocket> server =
        CompletableFuture.supplyAsync(() -> comeAfter(attempts, port));
    ServerWait wait =
        new ServerWait(
            List.of(new ServiceAddress("127.0.0.1", port)), LONG, new CountingClock(attempts));
    wait.await(NEVER_TOLD);
    try (ServerSocket came = server.get(10, TimeUnit.SECONDS)) {
      assertThat(attempts.getCount()).isZero();
      assertThat(came.isBound()).isTrue();
    }
  }

  @Test
  void aServerThatDoesNotComeIsNamedWithWhoCanHelp() throws Exception {
    try (ServerSocket there = listener("127.0.0.1")) {
      ServiceAddress missing = new ServiceAddress("127.0.0.1", 1);
      ServerWait wait = wait(Duration.ofSeconds(1), address("127.0.0.1", there), missing);
      assertThatThrownBy(() -> wait.await(NEVER_TOLD))
          .isInstanceOf(StartException.class)
          .hasMessageStartingWith(
              "Cannot start: 127.0.0.1:1 could not be reached within 1 s: Connection refused.")
          .hasMessageContaining("The operator should check")
          .hasMessageContaining("--wait-timeout");
    }
  }

  @Test
  void aNameThatNobodyKnowsIsToldSo() {
    ServerWait wait = wait(Duration.ofSeconds(1), new ServiceAddress("nobody.invalid", 6379));
    assertThatThrownBy(() -> wait.await(NEVER_TOLD))
        .hasMessageContaining("nobody.invalid:6379 could not be reached within 1 s: its name is");
  }

  @Test
  void whoIsToldToEndDoesNotWait() {
    ServerWait wait = wait(Duration.ZERO, new ServiceAddress("127.0.0.1", 1));
    CompletableFuture<Void> told = new CompletableFuture<>();
    CompletableFuture<Void> over =
        CompletableFuture.runAsync(
            () -> assertThatCode(() -> wait.await(told)).doesNotThrowAnyException());
    assertThat(over).isNotDone();
    told.complete(null);
    assertThat(over).succeedsWithin(Duration.ofSeconds(2));
  }

  private static ServerWait wait(Duration limit, ServiceAddress... servers) {
    return new ServerWait(List.of(servers), limit, MonotonicClock.system());
  }

  private static ServiceAddress address(String host, ServerSocket server) {
    return new ServiceAddress(host, server.getLocalPort());
  }

  private static ServerSocket listener(String address) throws IOException {
    return new ServerSocket(0, 1, InetAddress.ofLiteral(address));
  }

  private static ServerSocket comeAfter(CountDownLatch attempts, int port) {
    try {
      attempts.await();
      ServerSocket server = new ServerSocket();
      server.setReuseAddress(true);
      server.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port));
      return server;
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private record CountingClock(CountDownLatch sleeps) implements MonotonicClock {
    @Override
    public long nanoTime() {
      return System.nanoTime();
    }

    @Override
    public void sleep(Duration time) throws InterruptedException {
      sleeps.countDown();
      MonotonicClock.system().sleep(time);
    }
  }
}
