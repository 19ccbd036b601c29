package io.dioptra.worker.image;

import com.google.cloud.tools.jib.api.buildplan.Platform;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Python's layers: build/python-layers makes them and says where they are, the most common one
 * first.
 */
record PythonLayers(Build build, String image, Platform platform) {
  List<LayerFolder> make() throws IOException, BuildFailure {
    return run().lines().map(LayerFolder::parse).toList();
  }

  /** The choices that these layers are the result of, for instance PyTorch's build. */
  Map<String, String> choices() throws IOException, BuildFailure {
    Map<String, String> choices = new TreeMap<>();
    for (String line : run("--labels").lines().toList()) {
      List<String> parts = List.of(line.split("\t", 2));
      choices.put(parts.get(0), parts.get(1));
    }
    return choices;
  }

  private String run(String... options) throws IOException, BuildFailure {
    List<String> command = new ArrayList<>();
    command.add(build.checkout().resolve("build/python-layers").toString());
    command.addAll(List.of(options));
    command.add(image);
    command.add(platform.getOs() + "/" + platform.getArchitecture());
    String wheels = build.properties().getProperty("torch.wheels", "");
    Map<String, String> environment =
        wheels.isEmpty() ? Map.of() : Map.of("DIOPTRA_TORCH_WHEELS", wheels);
    return Program.output(build.checkout().toFile(), environment, command);
  }
}
