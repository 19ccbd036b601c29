package io.dioptra.worker.journey;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;

/** What lies on the queue but is no job of Dioptra's fails in RQ, and nothing of it is executed. */
@ExtendWith(SharedWorkshop.class)
class HostilePayloadIT {
  private Workshop shop;

  @BeforeEach
  void open(Workshop shared) {
    shop = shared;
  }

  @AfterEach
  void theNextJobRuns() throws Exception {
    assertThat(shop.ended(Rude.in(shop).submit("nothing", "")).status()).isEqualTo("finished");
  }

  @Test
  void anotherFunctionIsNotCalled() throws Exception {
    byte[] call = deflated("[\"os.system\", null, [], {\"command\": \"true\"}]".getBytes(UTF_8));
    RqJob job = push(call);
    assertThat(job.status()).isEqualTo("failed");
    assertThat(job.text()).contains("Nothing was run", "the function \"os.system\"");
  }

  @Test
  void aPickleThatCallsAFunctionWhenItIsReadIsNotRead(@TempDir Path folder) throws Exception {
    Path trace = folder.resolve("trace");
    String pickle = "cposix\nsystem\n(S'touch " + trace + "'\ntR.";
    RqJob job = push(deflated(pickle.getBytes(ISO_8859_1)));
    assertThat(job.status()).isEqualTo("failed");
    assertThat(job.text()).contains("Nothing was run");
    assertThat(trace).doesNotExist();
  }

  @Test
  void garbageIsNamedAsSuch() throws Exception {
    RqJob job = push("this is neither zlib nor a pickle".getBytes(UTF_8));
    assertThat(job.status()).isEqualTo("failed");
    assertThat(job.text()).contains("Nothing was run", "This can be mended by its producer.");
  }

  @Test
  void aPayloadThatInflatesWithoutEndIsRefused() throws Exception {
    RqJob job = push(deflated(new byte[64 << 20]));
    assertThat(job.status()).isEqualTo("failed");
    assertThat(job.text()).contains("the payload is larger than 1048576 bytes");
  }

  private RqJob push(byte[] data) throws IOException, InterruptedException {
    String id = UUID.randomUUID().toString();
    String key = "rq:job:" + id;
    try (Jedis redis = new Jedis(shop.site().redis())) {
      redis.hset(
          key,
          Map.of(
              "status", "queued",
              "origin", shop.queueName(),
              "created_at", "2026-11-22T12:00:00.000000Z",
              "enqueued_at", "2026-11-22T12:00:00.000000Z",
              "timeout", "60"));
      redis.hset(key.getBytes(UTF_8), "data".getBytes(UTF_8), data);
      redis.rpush("rq:queue:" + shop.queueName(), id);
    }
    return shop.endedInRq(id);
  }

  private static byte[] deflated(byte[] content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DeflaterOutputStream deflater = new DeflaterOutputStream(bytes)) {
      deflater.write(content);
    }
    return bytes.toByteArray();
  }
}
