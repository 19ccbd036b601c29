package io.dioptra.worker.image;

import com.google.cloud.tools.jib.api.buildplan.ContainerBuildPlan;
import com.google.cloud.tools.jib.api.buildplan.Platform;
import com.google.cloud.tools.jib.maven.extension.JibMavenPluginExtension;
import com.google.cloud.tools.jib.maven.extension.MavenData;
import com.google.cloud.tools.jib.plugins.extension.ExtensionLogger;
import com.google.cloud.tools.jib.plugins.extension.JibPluginExtensionException;
import io.dioptra.worker.image.Libraries.Use;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Replaces the layers that Jib would make of a Java application by those of a worker, ordered by
 * how rarely they change: Java, the libraries, Python and its packages, what the JVM tasks need,
 * and last the worker itself. The pom names the image in the property {@code image}; everything
 * else stands in Jib's own configuration.
 */
public final class WorkerImage implements JibMavenPluginExtension<Void> {
  @Override
  public Optional<Class<Void>> getExtraConfigType() {
    return Optional.empty();
  }

  @Override
  public ContainerBuildPlan extendContainerBuildPlan(
      ContainerBuildPlan plan,
      Map<String, String> properties,
      Optional<Void> none,
      MavenData maven,
      ExtensionLogger log)
      throws JibPluginExtensionException {
    String image = properties.get("image");
    if (image == null) {
      throw new JibPluginExtensionException(
          WorkerImage.class, "The pom does not name the image: property \"image\".");
    }
    Build build = Build.of(maven, log);
    try {
      return extend(plan, image, build);
    } catch (IOException | UncheckedIOException | BuildFailure e) {
      throw new JibPluginExtensionException(WorkerImage.class, e.getMessage(), e);
    }
  }

  private static ContainerBuildPlan extend(ContainerBuildPlan plan, String image, Build build)
      throws IOException, BuildFailure {
    Platform platform = platform(plan);
    PythonLayers python = new PythonLayers(build, image, platform);
    BaseImage base =
        BaseImage.of(build.properties().getProperty("image.base", plan.getBaseImage()));
    Path worker = build.module().resolve("target/image/worker");
    List<LayerFolder> layers = layers(build, python, worker);
    String licence = plan.getLabels().getOrDefault(Labels.OCI + "licenses", "");
    new Documents(build, base, licence).write(image, layers, plan.getCreationTime(), worker);

    Map<String, String> choices = python.choices();
    new SizeCheck(build).check(variant(image, platform, choices), base, layers);

    ContainerBuildPlan.Builder ours = plan.toBuilder().setLayers(List.of());
    for (LayerFolder folder : layers) {
      ours.addLayer(folder.toLayer());
    }
    new Labels(build, base, choices).addTo(ours, plan.getCreationTime());
    return ours.build();
  }

  private static List<LayerFolder> layers(Build build, PythonLayers python, Path worker)
      throws IOException, BuildFailure {
    Path runtime = new JavaRuntime(build).make();
    Libraries ofWorker = new Libraries(build, Use.WORKER);
    LayerFolder libraries = ofWorker.make("libraries", ofWorker.foreign());
    List<LayerFolder> layers = new ArrayList<>();
    layers.add(new LayerFolder("java", runtime));
    layers.add(libraries);
    layers.addAll(python.make());
    layers.addAll(new TaskLibraries(build).make());
    List<Path> own = new Application(build).make(worker);
    new ClassArchive(build, runtime).addTo(worker, List.of(libraries), own);
    layers.add(new LayerFolder("worker", worker));
    return layers;
  }

  /** The image's name in images.lock.md: another platform or build of PyTorch has other sizes. */
  static String variant(String image, Platform platform, Map<String, String> choices) {
    boolean cuda = image.endsWith("-cpu") && "cuda".equals(choices.get("torch-build"));
    boolean usual = platform.getArchitecture().equals("amd64");
    return image
        + (cuda ? " (CUDA build)" : "")
        + (usual ? "" : " (" + platform.getArchitecture() + ")");
  }

  /** A jlinked runtime fits the machine it was made on only. */
  private static Platform platform(ContainerBuildPlan plan) throws BuildFailure {
    Platform here = new Platform(JavaRuntime.architecture(), "linux");
    if (!plan.getPlatforms().equals(Set.of(here))) {
      throw new BuildFailure(
          "An image is built on a machine of its architecture. Here that is -Dimage.architecture="
              + here.getArchitecture());
    }
    return here;
  }
}
