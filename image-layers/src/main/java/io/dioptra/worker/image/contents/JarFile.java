package io.dioptra.worker.image.contents;

import java.nio.file.Path;

/** A jar of the image with its Maven coordinates. */
public record JarFile(String group, String name, String version, Path file) {}
