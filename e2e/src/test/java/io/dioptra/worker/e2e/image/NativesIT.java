package io.dioptra.worker.e2e.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.dioptra.worker.e2e.docker.ImageFile;
import io.dioptra.worker.e2e.docker.SavedImages;
import io.dioptra.worker.e2e.docker.TestedImage;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Each of the large native libraries is there once, for Python and the JVM. */
@ParameterizedClass
@MethodSource("io.dioptra.worker.e2e.docker.TestedImage#all")
class NativesIT {
  /** Wheels add a hash to the names of libraries that they bring along. */
  private static final String HASH = "-[0-9a-f]{8}(?=\\.)";

  private final TestedImage image;
  private final Collection<ImageFile> files;

  NativesIT(TestedImage image) {
    this.image = image;
    this.files = SavedImages.of(image).files().values();
  }

  @Test
  void theFrameworkIsThereOnceAndTheOtherOneNot() {
    int tensorflow = image.hasTensorflow() ? 1 : 0;
    int torch = image.hasTorch() ? 1 : 0;
    assertThat(named("libtensorflow_cc\\.so.*")).hasSize(tensorflow);
    assertThat(named("libtensorflow_framework\\.so.*")).hasSize(tensorflow);
    assertThat(named("libtorch_cpu\\.so.*")).hasSize(torch);
    assertThat(named("libc10\\.so.*")).hasSize(torch);
  }

  @Test
  void aLibraryOfCudaIsThereAtMostOnce() {
    Map<String, List<ImageFile>> copies =
        cuda().stream().collect(Collectors.groupingBy(NativesIT::plainName));
    assertThat(copies).allSatisfy((name, same) -> assertThat(same).as(name).hasSize(1));
    assertThat(copies.isEmpty())
        .as("%s has CUDA: %s", image, copies.keySet())
        .isEqualTo(!hasCuda());
  }

  /**
   * Where PyTorch's build for the CPU cannot be fetched its image has the other one, and says so.
   */
  private boolean hasCuda() {
    String build =
        SavedImages.of(image).labels().getOrDefault("io.dioptra.worker.torch-build", "cpu");
    return image.isForGpu() || (image.hasTorch() && build.equals("cuda"));
  }

  private List<ImageFile> cuda() {
    return named(
        "lib(cudart|cublas|cublasLt|cudnn\\w*|cufft|curand|cusolver|cusparse|nccl|nvrtc|nvJitLink)"
            + "(-[0-9a-f]{8})?\\.so.*");
  }

  private List<ImageFile> named(String pattern) {
    return files.stream()
        .filter(file -> file.kind() == ImageFile.Kind.FILE && file.name().matches(pattern))
        .toList();
  }

  private static String plainName(ImageFile file) {
    return file.name().replaceFirst(HASH, "");
  }
}
