package io.dioptra.worker.testing;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The real MLflow tracking server on a free loopback port, on SQLite. */
final class MlflowServer extends WebServer {
  private static final Duration LIMIT = Duration.ofMinutes(2);

  private MlflowServer(ServerCommand command, Loopback place) throws IOException {
    super(command, place, "/health", LIMIT);
  }

  /**
   * Starts it; {@link #awaitReady} waits until it answers.
   *
   * @param s3 where clients put artifacts themselves; empty: through this server, into its folder
   */
  static MlflowServer start(Path folder, Optional<S3Server> s3)
      throws IOException, InterruptedException {
    PythonEnvironment python = PythonEnvironment.named("mlflow");
    Loopback place = Loopback.free();
    List<String> command =
        new ArrayList<>(
            python.module(
                "mlflow",
                "server",
                "--host=" + Loopback.HOST,
                "--port=" + place.port(),
                "--workers=1",
                "--backend-store-uri=sqlite:///" + folder.resolve("mlflow.sqlite")));
    if (s3.isPresent()) {
      command.add("--no-serve-artifacts");
      command.add("--default-artifact-root=s3://" + S3Server.BUCKET + "/artifacts");
    } else {
      command.add("--serve-artifacts");
      command.add("--artifacts-destination=" + folder.resolve("artifacts"));
    }
    Map<String, String> environment = new LinkedHashMap<>(S3Server.credentials());
    s3.ifPresent(server -> environment.put("MLFLOW_S3_ENDPOINT_URL", server.uri().toString()));
    // The scheduler of its GenAI features is a second server that nobody here asks.
    environment.put("MLFLOW_SERVER_ENABLE_JOB_EXECUTION", "false");
    environment.put("MLFLOW_DISABLE_TELEMETRY", "true");
    ServerCommand server = new ServerCommand("MLflow", command, environment, folder);
    return new MlflowServer(server, place);
  }
}
