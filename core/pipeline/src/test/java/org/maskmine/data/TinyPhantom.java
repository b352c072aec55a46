package org.maskmine.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import org.maskmine.Progress;

/** A phantom of six cases for tests that train. */
public final class TinyPhantom {
  private static final Dataset LOADED = make();

  private TinyPhantom() {}

  /** Three training, two validation and one test case. */
  public static Dataset load() {
    return LOADED;
  }

  private static Dataset make() {
    try {
      var folder = Files.createTempDirectory("tiny-phantom");
      folder.toFile().deleteOnExit();
      return Datasets.phantom(folder, new Phantom.Options(7, 3, 2, 1), Progress.NONE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
