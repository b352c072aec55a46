package org.maskmine.training;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.maskmine.UserError;
import org.maskmine.data.Structure;
import org.maskmine.network.Weights;

/** The trained liver network as the lesion network's beginning (the authors' public pipeline). */
final class LiverWeights {
  private LiverWeights() {}

  /**
   * The liver's weights under the lesion network's names.
   *
   * @throws UserError where the two networks differ
   */
  static Weights forLesions(StoredRun run, Weights lesion) {
    Weights liver = run.weights(Structure.LIVER);
    String from = "head." + Structure.LIVER.label() + ".";
    String to = "head." + Structure.LESION.label() + ".";
    Map<String, Weights.Array> named = new LinkedHashMap<>();
    lesion
        .arrays()
        .forEach(
            (name, array) -> {
              Weights.Array trained = liver.arrays().get(name.replace(to, from));
              if (trained == null || !Arrays.equals(trained.shape(), array.shape())) {
                throw new UserError(
                    "lesionFromLiver(): the lesion network has "
                        + name
                        + " "
                        + Arrays.toString(array.shape())
                        + ", the liver network has not: both must be alike; give both the same"
                        + " base and depth");
              }
              named.put(name, trained);
            });
    return new Weights(named);
  }
}
