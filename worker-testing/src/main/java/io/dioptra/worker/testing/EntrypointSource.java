package io.dioptra.worker.testing;

import java.util.ArrayList;
import java.util.List;

/** An entrypoint to be created with {@link DioptraClient#createEntrypoint}. */
public final class EntrypointSource {
  private final String name;
  private final String graph;
  private final List<Parameter> parameters = new ArrayList<>();
  private final List<Input> inputs = new ArrayList<>();
  private final List<Integer> plugins = new ArrayList<>();
  private final List<Integer> artifactPlugins = new ArrayList<>();
  private String artifacts = "";

  private EntrypointSource(String name, String graph) {
    this.name = name;
    this.graph = graph;
  }

  /**
   * An entrypoint without parameters, plugins and artifacts.
   *
   * @param graph the steps, as YAML
   */
  public static EntrypointSource of(String name, String graph) {
    return new EntrypointSource(name, graph);
  }

  /** The output artifacts, as YAML. */
  public EntrypointSource artifacts(String yaml) {
    artifacts = yaml;
    return this;
  }

  /**
   * A parameter that jobs may set.
   *
   * @param type {@code string}, {@code integer}, {@code float}, {@code boolean}, {@code list} or
   *     {@code mapping}
   * @param standard the default, as text
   */
  public EntrypointSource parameter(String parameter, String type, String standard) {
    parameters.add(new Parameter(parameter, type, standard));
    return this;
  }

  /** An input artifact with one output of the type. */
  public EntrypointSource input(String input, String output, String type) {
    inputs.add(new Input(input, output, type));
    return this;
  }

  /** The ids of plugins whose functions the graph calls. */
  public EntrypointSource plugins(Integer... ids) {
    plugins.addAll(List.of(ids));
    return this;
  }

  /** The ids of plugins whose artifact classes write and read the artifacts. */
  public EntrypointSource artifactPlugins(Integer... ids) {
    artifactPlugins.addAll(List.of(ids));
    return this;
  }

  String name() {
    return name;
  }

  String graph() {
    return graph;
  }

  String artifacts() {
    return artifacts;
  }

  List<Parameter> parameters() {
    return parameters;
  }

  List<Input> inputs() {
    return inputs;
  }

  List<Integer> plugins() {
    return plugins;
  }

  List<Integer> artifactPlugins() {
    return artifactPlugins;
  }

  record Parameter(String name, String type, String standard) {}

  record Input(String name, String output, String type) {}
}
