package io.dioptra.worker.queue.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** Answers INFO as Redis 6.0 of Debian 11 does and refuses all else: no such server can be had. */
final class OldRedis implements AutoCloseable {
  private static final String INFO =
      String.join(
          "\r\n",
          "# Server",
          "redis_version:6.0.16",
          "redis_git_sha1:00000000",
          "redis_git_dirty:0",
          "redis_mode:standalone",
          "os:Linux 5.10.0-34-amd64 x86_64",
          "tcp_port:6379",
          "");

  private final ServerSocket door;

  private OldRedis(ServerSocket door) {
    this.door = door;
  }

  static OldRedis start() throws IOException {
    OldRedis redis = new OldRedis(new ServerSocket(0, 5, InetAddress.ofLiteral("127.0.0.1")));
    Thread.ofVirtual().name("old-redis").start(redis::serve);
    return redis;
  }

  String uri() {
    return "redis://127.0.0.1:" + door.getLocalPort();
  }

  private void serve() {
    String info = "$%d\r\n%s\r\n".formatted(INFO.length(), INFO);
    try (Socket client = door.accept();
        BufferedReader commands =
            new BufferedReader(new InputStreamReader(client.getInputStream(), UTF_8))) {
      for (String line = commands.readLine(); line != null; line = commands.readLine()) {
        // *2, $4, INFO, $6, server
        int words = Integer.parseInt(line.substring(1));
        String command = "";
        for (int word = 0; word < words; word++) {
          String length = commands.readLine();
          String text = String.valueOf(commands.readLine());
          assertThat(length).isEqualTo("$" + text.length());
          command = word == 0 ? text : command;
        }
        String answer = command.equals("INFO") ? info : "-ERR unknown command\r\n";
        client.getOutputStream().write(answer.getBytes(UTF_8));
      }
    } catch (IOException _) {
      // Either side is closed.
    }
  }

  @Override
  public void close() throws IOException {
    door.close();
  }
}
