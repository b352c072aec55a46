package org.maskmine.training;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.maskmine.data.Structure;
import org.maskmine.network.Safetensors;
import org.maskmine.network.Weights;

/**
 * The state of a stage after an epoch, in one file that is there whole or not at all.
 *
 * @param weights of the network
 * @param optimiser state of Adam
 * @param epochs what happened so far
 * @param bestEpoch number of the epoch with the best validation Dice
 */
record Checkpoint(Weights weights, Weights optimiser, List<Epoch> epochs, int bestEpoch) {
  private static final String OPTIMISER = "optimiser.";

  private record Progress(List<Epoch> epochs, int bestEpoch) {}

  void write(StoredRun run, Structure structure) {
    Map<String, Weights.Array> all = new LinkedHashMap<>(weights.arrays());
    optimiser.arrays().forEach((name, array) -> all.put(OPTIMISER + name, array));
    run.write(
        run.last(structure),
        new Weights(all),
        Map.of("progress", Json.text(new Progress(epochs, bestEpoch))));
  }

  static Checkpoint read(Path file, String remedy) {
    Safetensors.Content contents = WeightFiles.read(file, remedy);
    Map<String, Weights.Array> weights = new LinkedHashMap<>();
    Map<String, Weights.Array> optimiser = new LinkedHashMap<>();
    contents
        .weights()
        .arrays()
        .forEach(
            (name, array) -> {
              if (name.startsWith(OPTIMISER)) {
                optimiser.put(name.substring(OPTIMISER.length()), array);
              } else {
                weights.put(name, array);
              }
            });
    Progress progress =
        Json.parse(contents.metadata().get("progress"), Progress.class, file, remedy);
    return new Checkpoint(
        new Weights(weights), new Weights(optimiser), progress.epochs(), progress.bestEpoch());
  }
}
