package io.dioptra.worker.task;

import java.nio.file.Path;

/**
 * The reading of one input artifact by the artifact task that wrote it.
 *
 * @param name the name under which steps refer to it
 * @param folder where the artifact lies
 * @param path its name in that folder
 * @param packageName the Python package its plugin was unpacked as
 * @param file the plugin's file that holds the task, with folders and extension
 * @param task the class of the artifact task
 */
public record ArtifactLoad(
    String name,
    Path folder,
    String path,
    String packageName,
    String file,
    String task,
    Outputs outputs) {}
