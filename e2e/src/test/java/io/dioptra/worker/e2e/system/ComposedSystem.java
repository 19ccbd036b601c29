package io.dioptra.worker.e2e.system;

import io.dioptra.worker.e2e.docker.TestedImage;
import io.dioptra.worker.e2e.job.Probe;
import io.dioptra.worker.testing.Account;
import io.dioptra.worker.testing.Checkout;
import io.dioptra.worker.testing.DioptraClient;
import io.dioptra.worker.testing.ImportedResources;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The system of compose.yaml with the tested CPU workers, and the examples in it. */
final class ComposedSystem implements AutoCloseable {
  /** Of this project's kind; e2e/run removes what begins with it. */
  private static final String PROJECT = "dioptra-e2e-system";

  private static final Duration START = Duration.ofMinutes(5);
  private static final List<String> FILES = List.of("compose.yaml", "e2e/services/stand-ins.yaml");

  private final Compose compose;
  private final DioptraClient client;
  private final ImportedResources examples;
  private final Map<String, Integer> queues = new LinkedHashMap<>();
  private final int experiment;

  private ComposedSystem(Compose compose) throws IOException, InterruptedException {
    this.compose = compose;
    compose.up();
    for (String worker : workers()) {
      compose.awaitHealthy(worker, START);
    }
    client = DioptraClient.connect(compose.address("web", 8080));
    Account user = new Account("a-user", Probe.unique());
    client.register(user);
    client.logIn(user);
    examples = client.importFolder(Checkout.find().resolve("examples"));
    Integer[] entrypoints = examples.entrypoints().values().toArray(Integer[]::new);
    for (String worker : workers()) {
      int queue = client.createQueue(worker);
      queues.put(worker, queue);
      for (int entrypoint : entrypoints) {
        client.attachQueues(entrypoint, queue);
      }
    }
    experiment = client.createExperiment("examples", entrypoints);
  }

  /** Starts it, with the examples imported and attached to the queues of the workers. */
  static ComposedSystem start() throws IOException, InterruptedException {
    Checkout checkout = Checkout.find();
    List<Path> files = FILES.stream().map(checkout::resolve).toList();
    Compose compose = Compose.of(PROJECT, files, Map.of("DIOPTRA_PORT", "", "MLFLOW_PORT", ""));
    for (String worker : workers()) {
      // Profiles and queues have the names of the images: -cpu stands for one with a framework.
      compose = compose.withProfile(worker.replace("-cpu", ""));
    }
    try {
      return new ComposedSystem(compose);
    } catch (IOException | InterruptedException | RuntimeException e) {
      compose.close();
      throw e;
    }
  }

  /** The services that are tested workers. */
  static List<String> workers() {
    return TestedImage.all().stream()
        .filter(image -> image.hasFramework() && !image.isForGpu())
        .map(TestedImage::name)
        .toList();
  }

  Compose compose() {
    return compose;
  }

  DioptraClient client() {
    return client;
  }

  ImportedResources examples() {
    return examples;
  }

  int experiment() {
    return experiment;
  }

  /** The queue of that worker. */
  int queue(String worker) {
    return queues.getOrDefault(worker, -1);
  }

  @Override
  public void close() throws IOException {
    client.close();
    compose.close();
  }
}
