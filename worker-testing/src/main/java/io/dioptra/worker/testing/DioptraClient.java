package io.dioptra.worker.testing;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Puts work on a Dioptra through its REST API, as a user does. All resources go to the group that
 * everybody is in. Any thread may call it; every call blocks for the answer.
 */
public final class DioptraClient implements AutoCloseable {
  private static final String GROUP = "group";

  private final RestSession session;

  private DioptraClient(RestSession session) {
    this.session = session;
  }

  /**
   * A client without a session.
   *
   * @param api the base address, without {@code /api/v1}
   */
  public static DioptraClient connect(URI api) {
    return new DioptraClient(RestSession.to(api.resolve("/api/v1")));
  }

  /** Creates an account. */
  public void register(Account account) throws IOException, InterruptedException {
    ObjectNode body = object();
    body.put("username", account.username()).put("email", account.username() + "@localhost");
    body.put("password", account.password()).put("confirmPassword", account.password());
    session.post("/users/", body);
  }

  /** Opens a session, which all later calls use. */
  public void logIn(Account account) throws IOException, InterruptedException {
    ObjectNode body = object();
    session.post(
        "/auth/login",
        body.put("username", account.username()).put("password", account.password()));
  }

  /** Creates a queue and returns its id. */
  public int createQueue(String name) throws IOException, InterruptedException {
    return create("/queues/", named(name));
  }

  /** The ids of the parameter types by name, the built-in ones included. */
  public Map<String, Integer> parameterTypes() throws IOException, InterruptedException {
    Map<String, Integer> types = new LinkedHashMap<>();
    for (JsonNode type : session.get("/pluginParameterTypes/?pageLength=500").get("data")) {
      types.put(type.get("name").asString(), type.get("id").asInt());
    }
    return types;
  }

  /** Creates a parameter type without structure and returns its id. */
  public int createParameterType(String name) throws IOException, InterruptedException {
    return create("/pluginParameterTypes/", named(name));
  }

  /** Creates a plugin with its file and tasks and returns its id. */
  public int createPlugin(PluginSource source) throws IOException, InterruptedException {
    int plugin = create("/plugins/", named(source.name()));
    session.post("/plugins/" + plugin + "/files", file(source));
    return plugin;
  }

  /** Makes a new snapshot of a plugin, whose only file becomes that of {@code source}. */
  public void changePlugin(int plugin, PluginSource source)
      throws IOException, InterruptedException {
    String files = "/plugins/" + plugin + "/files";
    int file = session.get(files).get("data").get(0).get("id").asInt();
    session.put(files + "/" + file, file(source).put("description", "changed"));
  }

  private ObjectNode file(PluginSource source) throws IOException, InterruptedException {
    Map<String, Integer> types = parameterTypes();
    ObjectNode file = object();
    file.put("filename", source.fileName()).put("contents", source.python());
    ObjectNode tasks = file.putObject("tasks");
    ArrayNode functions = tasks.putArray("functions");
    for (PluginSource.Task task : source.functions()) {
      ObjectNode function = functions.addObject().put("name", task.name());
      ArrayNode takes = parameters(function.putArray("inputParams"), task.takes(), types);
      takes.forEach(parameter -> ((ObjectNode) parameter).put("required", true));
      parameters(function.putArray("outputParams"), task.gives(), types);
    }
    ArrayNode artifacts = tasks.putArray("artifacts");
    for (PluginSource.Task task : source.artifacts()) {
      ObjectNode artifact = artifacts.addObject().put("name", task.name());
      parameters(artifact.putArray("outputParams"), task.gives(), types);
    }
    return file;
  }

  /** Creates an entrypoint, attached to the queues, and returns its id. */
  public int createEntrypoint(EntrypointSource source, Integer... queues)
      throws IOException, InterruptedException {
    Map<String, Integer> types = parameterTypes();
    ObjectNode body = named(source.name());
    body.put("taskGraph", source.graph());
    body.put("artifactGraph", source.artifacts());
    ArrayNode parameters = body.putArray("parameters");
    for (EntrypointSource.Parameter parameter : source.parameters()) {
      ObjectNode one = parameters.addObject().put("name", parameter.name());
      one.put("parameterType", parameter.type()).put("defaultValue", parameter.standard());
    }
    ArrayNode inputs = body.putArray("artifactParameters");
    for (EntrypointSource.Input input : source.inputs()) {
      ObjectNode one = inputs.addObject().put("name", input.name());
      parameters(one.putArray("outputParams"), Map.of(input.output(), input.type()), types);
    }
    ids(body.putArray("plugins"), source.plugins());
    ids(body.putArray("artifactPlugins"), source.artifactPlugins());
    ids(body.putArray("queues"), List.of(queues));
    return create("/entrypoints/", body);
  }

  /** Lets jobs of an entrypoint run on the queues; an imported entrypoint has none. */
  public void attachQueues(int entrypoint, Integer... queues)
      throws IOException, InterruptedException {
    ObjectNode body = object();
    ids(body.putArray("ids"), List.of(queues));
    session.post("/entrypoints/" + entrypoint + "/queues", body);
  }

  /** Creates an experiment with the entrypoints and returns its id. */
  public int createExperiment(String name, Integer... entrypoints)
      throws IOException, InterruptedException {
    ObjectNode body = named(name);
    ids(body.putArray("entrypoints"), List.of(entrypoints));
    return create("/experiments/", body);
  }

  /** Starts the description of a job. */
  public JobRequest job(int experiment, int entrypoint, int queue) {
    return new JobRequest(session, experiment, entrypoint, queue);
  }

  /**
   * Imports all that {@code dioptra.toml} of the folder declares; what exists under the same name
   * is updated.
   */
  public ImportedResources importFolder(Path folder) throws IOException, InterruptedException {
    Multipart form =
        new Multipart()
            .field(GROUP, Integer.toString(group()))
            .field("sourceType", "upload_files")
            .field("resolveNameConflictsStrategy", "update");
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(DioptraClient::isResource).sorted().toList()) {
        form.file("files", folder.relativize(file).toString(), Files.readAllBytes(file));
      }
    }
    return ImportedResources.of(session.post("/workflows/resourceImport", form));
  }

  /** Any page of the API, for example {@code /jobs/?pageLength=100}. */
  public JsonNode get(String path) throws IOException, InterruptedException {
    return session.get(path);
  }

  @Override
  public void close() {
    session.close();
  }

  private int group() throws IOException, InterruptedException {
    return session.get("/groups/").get("data").get(0).get("id").asInt();
  }

  private static boolean isResource(Path file) {
    String name = file.toString();
    return name.endsWith(".toml") || name.endsWith(".py") || name.endsWith(".yaml");
  }

  private int create(String path, ObjectNode body) throws IOException, InterruptedException {
    return session.post(path, body).get("id").asInt();
  }

  private ObjectNode named(String name) throws IOException, InterruptedException {
    return object().put(GROUP, group()).put("name", name);
  }

  private ObjectNode object() {
    return session.json().createObjectNode();
  }

  private static ArrayNode parameters(
      ArrayNode into, Map<String, String> typesByName, Map<String, Integer> types) {
    typesByName.forEach(
        (name, type) -> {
          Integer id = types.get(type);
          if (id == null) {
            throw new IllegalArgumentException("No parameter type is called " + type);
          }
          into.addObject().put("name", name).put("parameterType", id.intValue());
        });
    return into;
  }

  private static void ids(ArrayNode into, List<Integer> ids) {
    ids.forEach(into::add);
  }
}
