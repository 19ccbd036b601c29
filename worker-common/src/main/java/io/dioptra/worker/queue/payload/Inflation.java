package io.dioptra.worker.queue.payload;

import java.io.ByteArrayOutputStream;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Undoes zlib with a limit on what comes out. */
final class Inflation {
  private Inflation() {}

  /** Returns {@code data} itself where it is not zlib, as RQ's own readers do. */
  static byte[] inflate(byte[] data) throws PayloadRefusedException {
    if (data.length > PayloadReader.MAX_BYTES) {
      throw new PayloadRefusedException(PayloadReader.TOO_LARGE);
    }
    Inflater inflater = new Inflater();
    try {
      inflater.setInput(data);
      return drain(inflater);
    } catch (DataFormatException e) {
      return data;
    } finally {
      inflater.end();
    }
  }

  private static byte[] drain(Inflater inflater)
      throws DataFormatException, PayloadRefusedException {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    byte[] buffer = new byte[8192];
    while (!inflater.finished()) {
      int count = inflater.inflate(buffer);
      if (count == 0 && (inflater.needsInput() || inflater.needsDictionary())) {
        throw new DataFormatException("zlib stream is cut off");
      }
      content.write(buffer, 0, count);
      if (content.size() > PayloadReader.MAX_BYTES) {
        throw new PayloadRefusedException(PayloadReader.TOO_LARGE);
      }
    }
    if (inflater.getRemaining() > 0) {
      throw new PayloadRefusedException("the payload goes on after its zlib stream");
    }
    return content.toByteArray();
  }
}
