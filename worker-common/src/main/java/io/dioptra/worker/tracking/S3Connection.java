package io.dioptra.worker.tracking;

import io.dioptra.worker.config.S3Settings;
import java.time.Duration;
import java.util.Map;
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
import software.amazon.awssdk.http.SdkHttpConfigurationOption;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.utils.AttributeMap;

/** The one client of S3, made when the first run needs it: most workers never do. */
final class S3Connection implements AutoCloseable {
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration READ = Duration.ofSeconds(60);

  /** With growing waits of up to 20 s between them: about a minute. */
  private static final int ATTEMPTS = 8;

  private final S3Settings settings;
  private @Nullable S3Client client;

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
    S3ClientBuilder builder =
        S3Client.builder()
            .httpClient(
                UrlConnectionHttpClient.builder()
                    .connectionTimeout(CONNECT)
                    .socketTimeout(READ)
                    .buildWithDefaults(
                        AttributeMap.builder()
                            .put(
                                SdkHttpConfigurationOption.TRUST_ALL_CERTIFICATES,
                                settings.ignoreTls())
                            .build()))
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
  }
}
