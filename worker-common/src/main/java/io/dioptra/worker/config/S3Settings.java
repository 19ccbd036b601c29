package io.dioptra.worker.config;

import java.net.URI;
import java.util.Map;
import java.util.Optional;

/**
 * How artifacts reach an S3 store.
 *
 * @param endpoint empty for Amazon's own
 * @param region empty for the region of AWS's own configuration, and where there is none {@code
 *     us-east-1}
 * @param keys empty for AWS's usual chain: environment, profile, role of the machine
 * @param virtualHosts whether the bucket stands in the host name in spite of a custom endpoint
 * @param uploadArguments further members of an upload, named as in S3's API, for example {@code
 *     ServerSideEncryption}
 */
public record S3Settings(
    Optional<URI> endpoint,
    Optional<String> region,
    Optional<Keys> keys,
    boolean virtualHosts,
    Map<String, String> uploadArguments,
    NetworkSettings network) {
  public S3Settings {
    uploadArguments = Map.copyOf(uploadArguments);
  }

  /** Amazon's own S3 with what AWS's usual chain finds. */
  public static S3Settings defaults() {
    return new S3Settings(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        false,
        Map.of(),
        NetworkSettings.plain());
  }

  /** An access key. */
  public record Keys(String accessKeyId, Secret secretAccessKey, Optional<Secret> sessionToken) {}
}
