package io.dioptra.worker.relay;

import com.sun.net.httpserver.HttpServer;
import io.dioptra.worker.api.DioptraApi;
import io.dioptra.worker.job.JobId;
import io.dioptra.worker.task.TaskEvents;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A small server on loopback that speaks Dioptra's API to the code of running jobs. Each job has an
 * account of its own there; what that may do is done in the worker's session.
 */
public final class JobRelay implements ApiAccess {
  private static final byte[] LOOPBACK = {127, 0, 0, 1};
  private static final int BACKLOG = 128;

  private final Scopes scopes = new Scopes();
  private final HttpServer server;
  private final ExecutorService threads;
  private final String address;

  private JobRelay(DioptraApi api, InstantSource clock) throws IOException {
    InetAddress loopback = InetAddress.getByAddress(LOOPBACK);
    server = HttpServer.create(new InetSocketAddress(loopback, 0), BACKLOG);
    threads =
        Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("job-relay-", 0).factory());
    server.setExecutor(threads);
    server.createContext("/", new RelayHandler(scopes, new Forwarding(api), clock));
    address = "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Listens from now on, and lets nobody in yet. */
  public static JobRelay start(DioptraApi api, InstantSource clock) throws IOException {
    JobRelay relay = new JobRelay(api, clock);
    relay.server.start();
    return relay;
  }

  @Override
  public JobAccess open(JobId job, TaskEvents events) {
    Scope scope = scopes.open(job, events);
    Map<String, String> variables =
        Map.of(
            JobAccess.API, address,
            JobAccess.USERNAME, scope.username(),
            JobAccess.PASSWORD, scope.password());
    return new JobAccess() {
      @Override
      public Map<String, String> variables() {
        return variables;
      }

      @Override
      public void close() {
        scopes.close(scope);
      }
    };
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
    threads.close();
  }
}
