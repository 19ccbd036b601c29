package io.dioptra.worker.tracking;

import io.dioptra.worker.config.S3Settings;
import io.dioptra.worker.network.HttpCalls;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/** The one client of S3, made when the first run needs it: most workers never do. */
final class S3Connection implements AutoCloseable {
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration READ = Duration.ofSeconds(60);

  /** With growing waits of up to 20 s between them: about a minute. */
  private static final int ATTEMPTS = 8;

  private final S3Settings settings;
  private @Nullable S3Client client;
  private @Nullable S3Http http;

  S3Connection(S3Settings settings) {
    this.settings = settings;
  }

  synchronized S3Client client() {
    S3Client present = client;
    if (present == null) {
      present = connect();
      client = present;
    }
    return present;
  }

  Map<String, String> uploadArguments() {
    return settings.uploadArguments();
  }

  private S3Client connect() {
    S3Http fresh = http();
    http = fresh;
    S3ClientBuilder builder =
        S3Client.builder()
            .httpClient(fresh)
            .overrideConfiguration(
                all ->
                    all.retryStrategy(
                        AwsRetryStrategy.standardRetryStrategy().toBuilder()
                            .maxAttempts(ATTEMPTS)
                            .build()))
            .region(region())
            .credentialsProvider(credentials())
            // The checksum is in a header of ours; a trailer is unknown to many S3 servers.
            .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
            .serviceConfiguration(service -> service.chunkedEncodingEnabled(false));
    settings.endpoint().ifPresent(builder::endpointOverride);
    builder.forcePathStyle(settings.endpoint().isPresent() && !settings.virtualHosts());
    return builder.build();
  }

  private S3Http http() {
    OkHttpClient.Builder client =
        new OkHttpClient.Builder()
            .protocols(List.of(Protocol.HTTP_1_1))
            .connectTimeout(CONNECT)
            .readTimeout(READ)
            .writeTimeout(READ)
            // AWS's client repeats what failed, and knows what may be repeated.
            .retryOnConnectionFailure(false)
            .followRedirects(false);
    return new S3Http(new HttpCalls(settings.network(), client));
  }

  private Region region() {
    return settings
        .region()
        .map(Region::of)
        .orElseGet(
            () -> {
              try {
                return new DefaultAwsRegionProviderChain().getRegion();
              } catch (SdkClientException _) {
                return Region.US_EAST_1;
              }
            });
  }

  private AwsCredentialsProvider credentials() {
    return settings
        .keys()
        .<AwsCredentialsProvider>map(keys -> StaticCredentialsProvider.create(fixed(keys)))
        .orElseGet(() -> DefaultCredentialsProvider.builder().build());
  }

  private static AwsCredentials fixed(S3Settings.Keys keys) {
    String secret = keys.secretAccessKey().reveal();
    return keys.sessionToken()
        .<AwsCredentials>map(
            token -> AwsSessionCredentials.create(keys.accessKeyId(), secret, token.reveal()))
        .orElseGet(() -> AwsBasicCredentials.create(keys.accessKeyId(), secret));
  }

  @Override
  public synchronized void close() {
    if (client != null) {
      client.close();
    }
    if (http != null) {
      http.close();
    }
  }
}
