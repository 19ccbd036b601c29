package io.dioptra.worker.queue;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisNoScriptException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A script that Redis runs in one step. Its parts lie beside this class; it takes a JSON object.
 */
final class LuaScript {
  private static final JsonMapper JSON = new JsonMapper();

  private final byte[] source;
  private final byte[] digest;

  private LuaScript(byte[] source) {
    this.source = source;
    this.digest = HexFormat.of().formatHex(sha1(source)).getBytes(UTF_8);
  }

  /** The files one after the other. */
  static LuaScript of(String... files) {
    StringBuilder source = new StringBuilder();
    for (String file : files) {
      source.append(read(file)).append('\n');
    }
    return new LuaScript(source.toString().getBytes(UTF_8));
  }

  /** Returns what the script returns: byte[], Long, or a list of these. */
  Object run(Jedis redis, ObjectNode parameters) {
    List<byte[]> arguments = List.of(JSON.writeValueAsBytes(parameters));
    try {
      return redis.evalsha(digest, List.of(), arguments);
    } catch (JedisNoScriptException e) {
      return redis.eval(source, List.of(), arguments);
    }
  }

  private static String read(String file) {
    try (InputStream part = LuaScript.class.getResourceAsStream(file)) {
      if (part == null) {
        throw new IllegalStateException("the script " + file + " is not in this program");
      }
      return new String(part.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] sha1(byte[] content) {
    try {
      return MessageDigest.getInstance("SHA-1").digest(content);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-1", e);
    }
  }
}
