package org.maskmine.training;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.maskmine.DiskTrouble;
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
      throw DiskTrouble.writing(file, e);
    }
  }

  /**
   * Reads a file.
   *
   * @param remedy what to do where it is damaged
   */
  static Safetensors.Content read(Path file, String remedy) {
    try {
      return Safetensors.read(file);
    } catch (IOException e) {
      throw new UserError(file + ": cannot be read (" + DiskTrouble.words(e) + "); " + remedy, e);
    } catch (UserError e) {
      throw new UserError(e.getMessage() + ", or " + remedy, e);
    }
  }
}
