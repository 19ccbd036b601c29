package io.dioptra.worker.tracking;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.zip.CRC32;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/**
 * A bucket on S3. Files above 8 MB go in parts, which are held in memory one at a time. Nothing but
 * the permission to put objects is needed.
 */
final class S3Store implements ArtifactStore {
  private static final int PART = 8 << 20;

  /** S3 takes no more parts of one file. */
  private static final int PARTS = 10_000;

  private final S3Connection connection;
  private final String bucket;
  private final String prefix;

  private S3Store(S3Connection connection, String bucket, String prefix) {
    this.connection = connection;
    this.bucket = bucket;
    this.prefix = prefix;
  }

  /** The store at {@code s3://bucket/prefix}. */
  static S3Store at(S3Connection connection, String root) {
    String place = root.substring("s3://".length());
    int slash = place.indexOf('/');
    return slash < 0
        ? new S3Store(connection, place, "")
        : new S3Store(connection, place.substring(0, slash), place.substring(slash + 1) + "/");
  }

  @Override
  public String put(ArtifactPath path, Upload upload)
      throws TrackingException, InterruptedException {
    try (InputStream bytes = upload.open()) {
      long size = upload.size();
      if (size <= PART) {
        putWhole(prefix + path, upload, bytes.readAllBytes());
      } else {
        putParts(prefix + path, upload, bytes, partSize(size));
      }
      return address(path);
    } catch (IOException e) {
      throw new TrackingException.NotStored("The artifact " + path + " cannot be read: " + e, e);
    } catch (AbortedException e) {
      Thread.interrupted();
      throw (InterruptedException) new InterruptedException(e.getMessage()).initCause(e);
    } catch (SdkException e) {
      throw new TrackingException.NotStored(
          ("The artifact %s was not stored at %s: %s The operator should check"
                  + " MLFLOW_S3_ENDPOINT_URL, the AWS credentials and the bucket.")
              .formatted(path, address(path), e.getMessage()),
          e);
    }
  }

  @Override
  public String address(ArtifactPath path) {
    return "s3://" + bucket + "/" + prefix + path;
  }

  static int partSize(long size) {
    return Math.toIntExact(Math.max(PART, size / PARTS + 1));
  }

  private void putWhole(String key, Upload upload, byte[] bytes) {
    PutObjectRequest.Builder request =
        PutObjectRequest.builder().bucket(bucket).key(key).checksumCRC32(crc32(bytes));
    upload.contentType().ifPresent(request::contentType);
    UploadArguments.apply(connection.uploadArguments(), request.build().sdkFields(), request);
    var _ = connection.client().putObject(request.build(), RequestBody.fromBytes(bytes));
  }

  private void putParts(String key, Upload upload, InputStream bytes, int partSize)
      throws IOException {
    S3Client s3 = connection.client();
    CreateMultipartUploadRequest.Builder request =
        CreateMultipartUploadRequest.builder()
            .bucket(bucket)
            .key(key)
            .checksumAlgorithm(ChecksumAlgorithm.CRC32);
    upload.contentType().ifPresent(request::contentType);
    UploadArguments.apply(connection.uploadArguments(), request.build().sdkFields(), request);
    String id = s3.createMultipartUpload(request.build()).uploadId();
    try {
      List<CompletedPart> parts = sendParts(key, id, bytes, partSize);
      var _ =
          s3.completeMultipartUpload(
              complete ->
                  complete
                      .bucket(bucket)
                      .key(key)
                      .uploadId(id)
                      .multipartUpload(upl -> upl.parts(parts)));
    } catch (IOException | SdkException e) {
      abort(key, id, e);
      throw e;
    }
  }

  private List<CompletedPart> sendParts(String key, String id, InputStream bytes, int partSize)
      throws IOException {
    List<CompletedPart> parts = new ArrayList<>();
    for (byte[] part = bytes.readNBytes(partSize);
        part.length > 0;
        part = bytes.readNBytes(partSize)) {
      int number = parts.size() + 1;
      String checksum = crc32(part);
      String tag =
          connection
              .client()
              .uploadPart(
                  request ->
                      request
                          .bucket(bucket)
                          .key(key)
                          .uploadId(id)
                          .partNumber(number)
                          .checksumCRC32(checksum),
                  RequestBody.fromBytes(part))
              .eTag();
      parts.add(
          CompletedPart.builder().partNumber(number).eTag(tag).checksumCRC32(checksum).build());
    }
    return parts;
  }

  /** Frees the parts where that is permitted; the failure itself is what is told. */
  private void abort(String key, String id, Exception failure) {
    try {
      var _ =
          connection
              .client()
              .abortMultipartUpload(abort -> abort.bucket(bucket).key(key).uploadId(id));
    } catch (SdkException e) {
      failure.addSuppressed(e);
    }
  }

  private static String crc32(byte[] bytes) {
    CRC32 crc = new CRC32();
    crc.update(bytes);
    byte[] big = ByteBuffer.allocate(Integer.BYTES).putInt((int) crc.getValue()).array();
    return Base64.getEncoder().encodeToString(big);
  }
}
