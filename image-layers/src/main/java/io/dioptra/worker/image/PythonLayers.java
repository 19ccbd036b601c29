package io.dioptra.worker.image;

import com.google.cloud.tools.jib.api.buildplan.Platform;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Python's layers: build/python-layers makes them and says where they are, the most common one
 * first.
 */
record PythonLayers(Build build) {
  List<LayerFolder> make(String image, Platform platform) throws IOException, BuildFailure {
    Map<String, String> environment = new HashMap<>();
    String wheels = build.properties().getProperty("torch.wheels", "");
    if (!wheels.isEmpty()) {
      environment.put("DIOPTRA_TORCH_WHEELS", wheels);
    }
    String lines =
        Program.output(
            build.checkout().toFile(),
            environment,
            List.of(
                build.checkout().resolve("build/python-layers").toString(),
                image,
                platform.getOs() + "/" + platform.getArchitecture()));
    return lines.lines().map(LayerFolder::parse).toList();
  }
}
