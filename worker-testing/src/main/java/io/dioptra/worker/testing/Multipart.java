package io.dioptra.worker.testing;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** A {@code multipart/form-data} body (RFC 7578) in memory. */
final class Multipart {
  private static final String BOUNDARY = "----dioptra-worker-testing-7f1c0d6a";

  private final ByteArrayOutputStream body = new ByteArrayOutputStream();

  String contentType() {
    return "multipart/form-data; boundary=" + BOUNDARY;
  }

  Multipart field(String name, String value) {
    part("name=\"" + name + "\"", value.getBytes(StandardCharsets.UTF_8));
    return this;
  }

  Multipart file(String name, String fileName, byte[] content) {
    part("name=\"" + name + "\"; filename=\"" + fileName + "\"", content);
    return this;
  }

  byte[] bytes() {
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    whole.writeBytes(body.toByteArray());
    whole.writeBytes(ascii("--" + BOUNDARY + "--\r\n"));
    return whole.toByteArray();
  }

  private void part(String disposition, byte[] content) {
    String head = "--" + BOUNDARY + "\r\nContent-Disposition: form-data; " + disposition;
    body.writeBytes(ascii(head + "\r\n\r\n"));
    body.writeBytes(content);
    body.writeBytes(ascii("\r\n"));
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
