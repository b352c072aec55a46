package org.maskmine.training;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.maskmine.UserError;
import org.maskmine.network.Safetensors;
import org.maskmine.network.Weights;

/** Weights of runs on disk; a disk that fails is a sentence. */
final class WeightFiles {
  private WeightFiles() {}

  static void write(Path file, Weights weights, Map<String, String> metadata) {
    try {
      Safetensors.write(file, weights, metadata);
    } catch (IOException e) {
      throw new UserError(
          file + ": cannot be written (" + e.getMessage() + "); free space or set MASKMINE_HOME",
          e);
    }
  }

  static Safetensors.Content read(Path file) {
    try {
      return Safetensors.read(file);
    } catch (IOException e) {
      throw new UserError(
          file + ": cannot be read (" + e.getMessage() + "); delete its folder and train again", e);
    }
  }
}
