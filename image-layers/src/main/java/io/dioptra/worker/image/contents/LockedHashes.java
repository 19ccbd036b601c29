package io.dioptra.worker.image.contents;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The hashes of a requirements.lock, by {@code name==version}. A lock names those of all files of a
 * release and not which of them is installed where, so only releases with one file are here.
 */
public final class LockedHashes {
  private static final Pattern PIN = Pattern.compile("^([a-z0-9-]+==[^ ;\\\\]+)");
  private static final Pattern HASH = Pattern.compile("--hash=sha256:([0-9a-f]{64})");

  private LockedHashes() {}

  public static Map<String, String> read(Path lock) throws IOException {
    Map<String, String> hashes = new TreeMap<>();
    for (String requirement : Files.readString(lock).replace("\\\n", " ").split("\n")) {
      Matcher pin = PIN.matcher(requirement);
      if (pin.find()) {
        List<String> found = new ArrayList<>();
        HASH.matcher(requirement).results().forEach(match -> found.add(match.group(1)));
        if (found.size() == 1) {
          hashes.put(pin.group(1), found.get(0));
        }
      }
    }
    return hashes;
  }
}
