package io.dioptra.worker.journey;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.zip.InflaterInputStream;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.resps.StreamEntry;

/**
 * How a job stands in RQ.
 *
 * @param status RQ's word
 * @param results how many there are; one for each time it was run or refused
 * @param text why it failed, else empty
 */
record RqJob(String status, int results, String text) {
  static RqJob of(URI redis, String id) throws IOException {
    try (Jedis jedis = new Jedis(redis)) {
      List<StreamEntry> results =
          jedis.xrange("rq:results:" + id, (StreamEntryID) null, (StreamEntryID) null);
      // Read after the results, which are written with it: a job with a result is over.
      String status = jedis.hget("rq:job:" + id, "status");
      String text =
          results.isEmpty() ? "" : results.getLast().getFields().getOrDefault("exc_string", "");
      return new RqJob(String.valueOf(status), results.size(), inflated(text));
    }
  }

  private static String inflated(String text) throws IOException {
    byte[] bytes = Base64.getDecoder().decode(text);
    if (bytes.length == 0) {
      return "";
    }
    try (InputStream inflated = new InflaterInputStream(new ByteArrayInputStream(bytes))) {
      return new String(inflated.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
