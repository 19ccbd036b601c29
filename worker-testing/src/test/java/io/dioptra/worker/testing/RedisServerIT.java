package io.dioptra.worker.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class RedisServerIT {
  @Test
  void aStartedServerAnswersAndKnowsTheBlockingMoveOfLists() throws Exception {
    try (RedisServer redis = RedisServer.start()) {
      assertThat(say(redis, "PING")).isEqualTo("+PONG");
      assertThat(say(redis, "BLMOVE k k LEFT LEFT 0.01")).isEqualTo("*-1");
      assertThat(redis.uri()).isEqualTo("redis://127.0.0.1:" + redis.port());
    }
  }

  @Test
  void aClosedServerIsGone() throws Exception {
    RedisServer redis = RedisServer.start();
    ProcessHandle process = ProcessHandle.of(redis.pid()).orElseThrow();

    redis.close();

    assertThat(process.isAlive()).isFalse();
    assertThat(redis.isAlive()).isFalse();
  }

  @Test
  void aTakenPortIsSaid() throws Exception {
    try (RedisServer first = RedisServer.start()) {
      assertThatThrownBy(() -> RedisServer.start(first.port()))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("Cannot start Redis on 127.0.0.1:" + first.port())
          .hasMessageContaining("in use");
    }
  }

  private static String say(RedisServer redis, String command) throws IOException {
    try (Socket socket = new Socket(InetAddress.ofLiteral(redis.host()), redis.port());
        BufferedReader answers =
            new BufferedReader(
                new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))) {
      socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.UTF_8));
      return String.valueOf(answers.readLine());
    }
  }
}
