package io.dioptra.worker.tracking;

import io.dioptra.worker.config.S3Settings;
import java.net.URI;
import java.nio.file.Path;
import okhttp3.HttpUrl;

/** Chooses the store of a run by the scheme of its artifacts' address. Any thread may use it. */
final class ArtifactStores implements AutoCloseable {
  private static final String PROXY = "api/2.0/mlflow-artifacts/artifacts";

  private final TrackingHttp http;
  private final S3Connection s3;

  ArtifactStores(TrackingHttp http, S3Settings settings) {
    this.http = http;
    this.s3 = new S3Connection(settings);
  }

  ArtifactStore of(MlflowRun run) throws TrackingException {
    String root = run.artifactRoot();
    int colon = root.indexOf(':');
    String scheme = colon < 0 ? "" : root.substring(0, colon);
    return switch (scheme) {
      case "mlflow-artifacts" -> new HttpStore(http, proxied(root.substring(colon + 1)), root);
      case "http", "https" -> new HttpStore(http, HttpUrl.get(root), root);
      case "s3" -> S3Store.at(s3, root);
      case "file" -> new FileStore(Path.of(URI.create(root)), root);
      case "" -> new FileStore(Path.of(root), root);
      default ->
          throw new TrackingException.NotStored(
              ("This worker cannot store artifacts at %s. The operator can let the tracking"
                      + " server proxy artifacts, or keep them on S3.")
                  .formatted(root));
    };
  }

  /** {@code /path} is on the tracking server; {@code //host:port/path} on another one. */
  private HttpUrl proxied(String place) {
    if (!place.startsWith("//")) {
      return http.root().newBuilder().addPathSegments(PROXY + relative(place)).build();
    }
    HttpUrl other = HttpUrl.get(http.root().scheme() + ":" + place);
    HttpUrl.Builder url = other.newBuilder().encodedPath("/").addPathSegments(PROXY);
    other.pathSegments().forEach(url::addPathSegment);
    return url.build();
  }

  private static String relative(String place) {
    return place.startsWith("/") ? place : "/" + place;
  }

  @Override
  public void close() {
    s3.close();
  }
}
