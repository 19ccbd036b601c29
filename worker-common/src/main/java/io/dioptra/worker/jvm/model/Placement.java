package io.dioptra.worker.jvm.model;

import io.dioptra.worker.jvm.natives.NvidiaDriver;
import java.util.Map;
import java.util.Optional;

/**
 * On which processor a model computes.
 *
 * @param words for the log: which, and why
 */
public record Placement(boolean onGpu, String words) {
  private static final String VISIBLE = "CUDA_VISIBLE_DEVICES";

  /**
   * Chooses it.
   *
   * @param word what the step asks for: auto, cpu or gpu
   * @param framework its name
   * @param found whether the framework finds a GPU
   * @param variables of the job, whose slot may have one GPU or none
   * @throws IllegalArgumentException if it is another word, or gpu where there is none
   */
  public static Placement of(
      String word, String framework, boolean found, Map<String, String> variables) {
    return switch (word) {
      case "cpu" -> new Placement(false, "the CPU, as device is \"cpu\"");
      case "auto" ->
          found
              ? new Placement(true, "a GPU")
              : new Placement(false, "the CPU: " + reason(framework, variables));
      case "gpu" -> {
        if (!found) {
          throw new IllegalArgumentException(
              "device is \"gpu\", but %s. With \"auto\" the same is done on the CPU"
                  .formatted(reason(framework, variables)));
        }
        yield new Placement(true, "a GPU");
      }
      default ->
          throw new IllegalArgumentException(
              "device has to be auto, cpu or gpu; it is \"" + word + "\"");
    };
  }

  private static String reason(String framework, Map<String, String> variables) {
    String none = framework + " finds no GPU, as ";
    Optional<String> visible = Optional.ofNullable(variables.get(VISIBLE));
    if (visible.filter(it -> it.isBlank() || it.startsWith("-")).isPresent()) {
      return none + "this job is given none (%s=%s)".formatted(VISIBLE, visible.get());
    }
    return NvidiaDriver.isHere()
        ? none + "its build is for the CPU, or for another driver"
        : none + "there is no driver of NVIDIA here (" + NvidiaDriver.LIBRARY + ")";
  }
}
