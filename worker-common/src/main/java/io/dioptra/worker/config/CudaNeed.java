package io.dioptra.worker.config;

/**
 * What libraries that are built with CUDA need of a machine.
 *
 * @param toolkit the version of CUDA that they bring, for example {@code 12.6}
 * @param driver the oldest driver, by its first number, that runs all minor versions of that CUDA
 */
public record CudaNeed(String toolkit, int driver) {
  /** CUDA 12.x runs on each driver from 525 on; for CUDA 11.x it was 450. */
  private static final int DRIVER_OF_CUDA_12 = 525;

  /** For libraries that bring a CUDA 12. */
  public static CudaNeed ofCuda12(String toolkit) {
    return new CudaNeed(toolkit, DRIVER_OF_CUDA_12);
  }

  /** In words that follow "this image needs". */
  public String words() {
    return "CUDA %s (driver %d or newer)".formatted(toolkit.split("\\.", 2)[0], driver);
  }
}
