package io.dioptra.worker.jvm.host;

import io.dioptra.worker.frame.FrameChannel;
import io.dioptra.worker.jvm.TaskJob;
import io.dioptra.worker.jvm.catalog.Catalog;
import java.io.Closeable;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The time of one job in this process: a socket in the job's folder, the processes of the job that
 * call through it, and the objects that they hold. Closing ends all three.
 */
final class Job implements Closeable {
  private static final Logger LOG = LoggerFactory.getLogger(Job.class);

  /** What the kernel takes as the name of a socket, in bytes, less one for the end. */
  private static final int LONGEST_PATH = 107;

  private final TaskJob job;
  private final Path socket;
  private final ServerSocketChannel server;
  private final Catalog catalog;
  private final String token;
  private final Held held = new Held();
  private final Set<Caller> callers = ConcurrentHashMap.newKeySet();

  private Job(TaskJob job, Path socket, ServerSocketChannel server, Catalog catalog) {
    this.job = job;
    this.socket = socket;
    this.server = server;
    this.catalog = catalog;
    byte[] secret = new byte[16];
    new SecureRandom().nextBytes(secret);
    this.token = HexFormat.of().formatHex(secret);
  }

  /** Begins to listen. */
  static Job open(TaskJob job, Catalog catalog) throws IOException {
    Path socket = socketIn(job.folder());
    ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      server.bind(UnixDomainSocketAddress.of(socket));
    } catch (IOException e) {
      server.close();
      throw new IOException("no socket " + socket + ": " + e.getMessage(), e);
    }
    Job opened = new Job(job, socket, server, catalog);
    Thread.ofPlatform().name("job-listener").daemon().start(opened::accept);
    return opened;
  }

  /** In the job's folder, which is deleted with the job, unless its name is too long for that. */
  private static Path socketIn(Path folder) throws IOException {
    Path socket = folder.resolve(".dioptra").resolve("jvm.sock");
    if (socket.toString().getBytes(StandardCharsets.UTF_8).length > LONGEST_PATH) {
      return Files.createTempDirectory("dioptra-jvm-").resolve("jvm.sock");
    }
    Files.createDirectories(folder.resolve(".dioptra"));
    Files.deleteIfExists(socket);
    return socket;
  }

  Path socket() {
    return socket;
  }

  String token() {
    return token;
  }

  private void accept() {
    while (server.isOpen()) {
      try {
        FrameChannel channel = new FrameChannel(server.accept());
        Thread.ofPlatform().name("task").daemon().start(() -> serve(channel));
      } catch (IOException e) {
        if (server.isOpen()) {
          LOG.error("No task can be called any more: {}", e.getMessage());
        }
        return;
      }
    }
  }

  private void serve(FrameChannel channel) {
    Caller caller = new Caller(channel, catalog, held, job, Thread.currentThread());
    callers.add(caller);
    try (channel) {
      if (server.isOpen() && isOurs(channel)) {
        caller.serve();
      }
    } catch (IOException e) {
      LOG.warn("A process of the job can call no more: {}", e.getMessage());
    } finally {
      callers.remove(caller);
    }
  }

  private boolean isOurs(FrameChannel channel) throws IOException {
    Hello hello = channel.read().map(Hello::of).orElseGet(() -> new Hello(0, "", ""));
    byte[] said = hello.token().getBytes(StandardCharsets.UTF_8);
    return hello.protocol() == Hello.PROTOCOL
        && hello.role().equals("caller")
        && MessageDigest.isEqual(said, token.getBytes(StandardCharsets.UTF_8));
  }

  /** What the threads that tasks are called on do. */
  String stacks() {
    return callers.stream().map(Caller::stack).collect(Collectors.joining("\n"));
  }

  /** Returns when no task runs any more; tasks that wait are interrupted. */
  @Override
  public void close() throws IOException {
    server.close();
    Files.deleteIfExists(socket);
    if (!socket.startsWith(job.folder())) {
      Files.deleteIfExists(Objects.requireNonNull(socket.getParent()));
    }
    for (Caller caller : callers) {
      caller.end();
    }
    held.close();
  }
}
