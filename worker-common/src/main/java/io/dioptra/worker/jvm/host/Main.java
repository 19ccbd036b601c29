package io.dioptra.worker.jvm.host;

import io.dioptra.worker.frame.FrameChannel;
import io.dioptra.worker.frame.ProtocolException;
import io.dioptra.worker.jvm.catalog.Catalog;
import io.dioptra.worker.jvm.catalog.TaskJars;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The JVM task host. A template has made it the leader of a session, opened all its connections to
 * the worker and said hello on them: stdin is the one for frames.
 */
public final class Main {
  private static final Logger LOG = LoggerFactory.getLogger(Main.class);
  private static final int EX_USAGE = 64;
  private static final int EX_SOFTWARE = 70;
  private static final int EX_IOERR = 74;

  private Main() {}

  public static void main(String[] args) {
    Runtime.getRuntime().halt(run());
  }

  private static int run() {
    try {
      if (!(System.inheritedChannel() instanceof SocketChannel worker)) {
        return complain(EX_USAGE, "stdin has to be the connection to a worker");
      }
      TaskJars.use(LOG::error);
      return new WorkerConnection(new FrameChannel(worker), Catalog.load(LOG::error)).serve();
    } catch (ProtocolException e) {
      return complain(EX_SOFTWARE, "the protocol was broken: " + e.getMessage());
    } catch (IOException e) {
      return complain(EX_IOERR, "the connection to the worker failed: " + e.getMessage());
    }
  }

  private static int complain(int status, String message) {
    System.err.println("JVM task host: " + message);
    return status;
  }
}
