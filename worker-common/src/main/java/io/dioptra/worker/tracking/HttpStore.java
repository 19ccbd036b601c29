package io.dioptra.worker.tracking;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;
import okio.BufferedSink;
import okio.Okio;
import okio.Source;
import org.jspecify.annotations.Nullable;

/** The tracking server's own proxy of a store, or any server that takes a {@code PUT}. */
final class HttpStore implements ArtifactStore {
  private static final MediaType UNKNOWN = MediaType.get("application/octet-stream");

  private final TrackingHttp http;
  private final HttpUrl root;
  private final String address;

  /**
   * @param root where files are put
   * @param address how that place is called in addresses
   */
  HttpStore(TrackingHttp http, HttpUrl root, String address) {
    this.http = http;
    this.root = root;
    this.address = address;
  }

  @Override
  public String put(ArtifactPath path, Upload upload)
      throws TrackingException, InterruptedException {
    HttpUrl.Builder url = root.newBuilder();
    path.names().forEach(url::addPathSegment);
    Request request = new Request.Builder().url(url.build()).put(new Body(upload)).build();
    try {
      return http.ask("the upload of " + path, request, _ -> address(path));
    } catch (UncheckedIOException e) {
      throw new TrackingException.NotStored(
          "The artifact " + path + " cannot be read: " + e.getMessage(), e);
    }
  }

  @Override
  public String address(ArtifactPath path) {
    return address + "/" + path;
  }

  /**
   * The bytes of an upload. A file that cannot be read is an unchecked exception, so that it is not
   * taken for a failure of the connection.
   */
  private static final class Body extends RequestBody {
    private final Upload upload;

    Body(Upload upload) {
      this.upload = upload;
    }

    @Override
    public @Nullable MediaType contentType() {
      Optional<String> guessed = upload.contentType();
      return guessed.map(MediaType::get).orElse(UNKNOWN);
    }

    @Override
    public long contentLength() {
      try {
        return upload.size();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void writeTo(BufferedSink sink) throws IOException {
      try (Source source = open()) {
        sink.writeAll(source);
      }
    }

    private Source open() {
      try {
        return Okio.source(upload.open());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
