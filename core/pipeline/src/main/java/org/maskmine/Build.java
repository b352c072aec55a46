package org.maskmine;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Properties;

/** Which code this is. */
public final class Build {
  /**
   * Version and commit: {@code 0.1.0, commit 397ae14}, with {@code -dirty} where the code had been
   * changed since, or {@code 0.1.0, built without git}.
   */
  public static final String VERSION = version();

  private Build() {}

  private static String version() {
    var properties = new Properties();
    try (InputStream in =
        Objects.requireNonNull(Build.class.getResourceAsStream("build.properties"))) {
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return words(properties.getProperty("version"), properties.getProperty("commit"));
  }

  /**
   * @param commit empty in a folder without a history, and as it stands in the resource without git
   */
  static String words(String version, String commit) {
    boolean unknown = commit.isBlank() || commit.startsWith("${");
    return version + (unknown ? ", built without git" : ", commit " + commit);
  }
}
