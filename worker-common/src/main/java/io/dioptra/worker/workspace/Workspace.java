package io.dioptra.worker.workspace;

import io.dioptra.worker.config.JobUser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder of one job, laid out as Dioptra's own worker does it, so that plugins which look
 * around find what they know. Deleted when closed.
 */
public final class Workspace implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Workspace.class);

  private static final Path INTERNAL = Path.of(".dioptra");

  private final Path folder;

  private Workspace(Path folder) {
    this.folder = folder;
  }

  /** Makes a new folder below {@code root}. */
  public static Workspace open(Path root, String name) throws IOException {
    Files.createDirectories(root);
    Path folder = Files.createTempDirectory(root, name + "-").toRealPath();
    Workspace workspace = new Workspace(folder);
    for (Path each : List.of(workspace.plugins(), workspace.serialize(), workspace.deserialize())) {
      Files.createDirectories(each);
    }
    return workspace;
  }

  /** The working directory of the tasks. */
  public Path folder() {
    return folder;
  }

  /** The task plugins. */
  public Path plugins() {
    return internal("plugins");
  }

  /** The plugins that write artifacts. */
  public Path serialize() {
    return internal("serialize");
  }

  /** The plugins that read input artifacts. */
  public Path deserialize() {
    return internal("deserialize");
  }

  /** The folder of one input artifact, made if it is not there. */
  public Path artifact(long id, long snapshot) throws IOException {
    return Files.createDirectories(internal("artifacts").resolve(id + "_" + snapshot));
  }

  /** Where a download with this name is put. */
  public Path download(String name) {
    return internal(name);
  }

  private Path internal(String name) {
    return folder.resolve(INTERNAL).resolve(name);
  }

  /**
   * Writes a text file.
   *
   * @param name relative to the folder; one that leads out of it is refused
   */
  public Path write(String name, String text) throws IOException {
    Path file = folder.resolve(name).normalize();
    if (!file.startsWith(folder) || file.equals(folder)) {
      throw new IOException("the file name \"" + name + "\" leads out of the job's folder");
    }
    Path parent = file.getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    return Files.writeString(file, text, StandardCharsets.UTF_8);
  }

  /**
   * Writes one of the worker's own files while the job's code may be changing the folder: in the
   * place of what it may have put there, never through a link.
   *
   * @param name of a file in {@code .dioptra}
   */
  public void writeBesideCode(String name, String text) throws IOException {
    Path file = Path.of(name);
    try (DirectoryStream<Path> top = Files.newDirectoryStream(folder)) {
      if (!(top instanceof SecureDirectoryStream<Path> held)) {
        throw new IOException("this file system cannot write into a folder that others change");
      }
      try (SecureDirectoryStream<Path> own =
          held.newDirectoryStream(INTERNAL, LinkOption.NOFOLLOW_LINKS)) {
        try {
          own.deleteFile(file);
        } catch (NoSuchFileException _) {
          // The usual case.
        }
        try (SeekableByteChannel channel =
            own.newByteChannel(
                file, Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW))) {
          ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
          while (bytes.hasRemaining()) {
            channel.write(bytes);
          }
        }
      }
    }
  }

  /** Whether a word stands in the code of a plugin; one that cannot be read counts as if it did. */
  public boolean codeMentions(String word) throws IOException {
    return codeMatches(Pattern.compile(Pattern.quote(word)));
  }

  /**
   * Whether the code of a plugin names one of these modules by the package that it is part of, as a
   * word of its own.
   */
  public boolean codeNames(Collection<String> modules) throws IOException {
    String packages =
        modules.stream()
            .map(module -> Pattern.quote(module.split("\\.", 2)[0]))
            .collect(Collectors.joining("|"));
    return !modules.isEmpty() && codeMatches(Pattern.compile("(?<![\\w.])(" + packages + ")\\b"));
  }

  private boolean codeMatches(Pattern pattern) throws IOException {
    try (Stream<Path> files = Files.walk(internal(""))) {
      return files
          .filter(file -> file.toString().endsWith(".py"))
          .anyMatch(file -> matches(file, pattern));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static boolean matches(Path file, Pattern pattern) {
    try {
      return pattern.matcher(Files.readString(file, StandardCharsets.ISO_8859_1)).find();
    } catch (IOException _) {
      return true;
    }
  }

  /** Makes all that is in it another user's, which only root can do. */
  public void giveTo(JobUser user) throws IOException {
    Files.walkFileTree(folder, new Gift(user));
  }

  /**
   * Deletes all, also while a process that a task left behind still writes there; what cannot be
   * deleted is named in the worker's log and left.
   */
  @Override
  public void close() {
    try {
      Deletion.of(folder);
    } catch (IOException e) {
      LOG.warn("The folder {} could not be deleted: {}", folder, e.toString());
    }
  }
}
