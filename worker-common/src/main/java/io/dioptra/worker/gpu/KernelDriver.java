package io.dioptra.worker.gpu;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the kernel shows of NVIDIA's driver, where the driver's own program was not brought into the
 * container. The version alone says nothing: containers without a GPU see it too.
 *
 * @param proc usually {@code /proc}
 * @param dev usually {@code /dev}
 */
record KernelDriver(Path proc, Path dev) {
  private static final Pattern VERSION =
      Pattern.compile("Kernel Module.*? (\\d+\\.\\d+(?:\\.\\d+)?) ");

  DriverAnswer ask() {
    try {
      List<Gpu> gpus = devices();
      Optional<String> version = version();
      return gpus.isEmpty() || version.isEmpty()
          ? new DriverAnswer.Missing()
          : new DriverAnswer.Found(version.get(), Optional.empty(), gpus);
    } catch (IOException e) {
      return new DriverAnswer.Broken("the driver cannot be read: " + e);
    }
  }

  private List<Gpu> devices() throws IOException {
    List<Gpu> gpus = new ArrayList<>();
    try (DirectoryStream<Path> devices = Files.newDirectoryStream(dev, "nvidia[0-9]*")) {
      for (Path device : devices) {
        String index = device.getFileName().toString().substring("nvidia".length());
        gpus.add(new Gpu(index, "", "NVIDIA GPU", ""));
      }
    }
    return gpus;
  }

  private Optional<String> version() throws IOException {
    Path file = proc.resolve("driver/nvidia/version");
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    Matcher version = VERSION.matcher(Files.readString(file));
    return version.find() ? Optional.of(version.group(1)) : Optional.empty();
  }
}
