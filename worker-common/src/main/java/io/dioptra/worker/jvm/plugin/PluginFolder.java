package io.dioptra.worker.jvm.plugin;

import io.dioptra.worker.jvm.catalog.Library;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A folder that Dioptra's resource import takes as it is. */
record PluginFolder(Path folder) {
  /**
   * Writes the import file and one plugin for each library.
   *
   * @return the files
   * @throws IOException if one is there already that was not made by this, or cannot be written
   */
  List<Path> write(List<Library> libraries) throws IOException {
    Map<Path, String> files = new LinkedHashMap<>();
    files.put(folder.resolve("dioptra.toml"), new ImportFile(libraries).text());
    for (Library library : libraries) {
      Path plugin = folder.resolve(ImportFile.PLUGINS).resolve(library.name());
      files.put(plugin.resolve(PluginModule.FILE), new PluginModule(library).text());
    }
    for (Path file : files.keySet()) {
      if (Files.exists(file) && !isOurs(file)) {
        throw new IOException(
            file + " is there already and was not written by this command. Nothing was written.");
      }
    }
    for (Map.Entry<Path, String> file : files.entrySet()) {
      Files.createDirectories(file.getKey().resolveSibling(""));
      Files.writeString(file.getKey(), file.getValue());
    }
    return new ArrayList<>(files.keySet());
  }

  private static boolean isOurs(Path file) throws IOException {
    String text = Files.readString(file);
    return text.startsWith(ImportFile.MARK) || text.contains(PluginModule.MARK);
  }
}
