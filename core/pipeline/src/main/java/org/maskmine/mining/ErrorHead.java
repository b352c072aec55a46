package org.maskmine.mining;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.maskmine.network.Graph;
import org.maskmine.network.InitialWeights;
import org.maskmine.network.Node;
import org.maskmine.network.Parameter;
import org.maskmine.network.Weights;
import org.maskmine.training.ReadOut;

/**
 * The error prediction layer: a kernel-size-1 convolution with four outputs on the last feature map
 * (PAPER section 2.1), started warm from the trained head's two rows so that the read-out right
 * after appending is the base model's mask.
 */
public final class ErrorHead {
  /** Lowers FP and FN at the start: the base model does not predict them. */
  private static final float RARE = -4;

  private ErrorHead() {}

  /**
   * Weights for the graph with the error head: every trained array is kept, the two-class head is
   * replaced, or kept as well where the network reads it.
   *
   * @param base the graph with its two-class head
   * @param weights trained
   * @param readOut decides the rows: for {@link ReadOut#FN_OR_TP} TN and FP copy the background's,
   *     FN and TP the foreground's; where TP alone decides they are differences of the two, so that
   *     the score of TP is the base model's log-odds; FP starts where the base model sees no
   *     structure and FN where it sees one, so that learning them moves the features towards the
   *     truth, which an FN voxel belongs to and an FP voxel does not
   */
  public static Weights warmStart(Graph base, Weights weights, String head, ReadOut readOut) {
    Graph appended = base.withHead(head, readOut.classes());
    String from = Objects.requireNonNull(base.heads().get(head));
    String to = appended.heads().get(head);
    int in = ((Node.Convolution) base.node(from)).inChannels();
    Map<String, Weights.Array> arrays = kept(appended, weights);
    float[] kernel = rows(weights.get(from + ".weight").values(), in, readOut);
    float[] bias = rows(weights.get(from + ".bias").values(), 1, readOut);
    bias[ErrorMask.FP] += RARE;
    bias[ErrorMask.FN] += RARE;
    bias[ErrorMask.TP] -= readOut.tpShift();
    int[] shape = weights.get(from + ".weight").shape().clone();
    shape[0] = readOut.classes();
    arrays.put(to + ".weight", new Weights.Array(shape, kernel));
    arrays.put(to + ".bias", new Weights.Array(new int[] {readOut.classes()}, bias));
    return new Weights(arrays);
  }

  /**
   * Weights for the graph with the error head, which begins at random (He et al. 2015).
   *
   * @param base the graph with its two-class head
   * @param weights trained
   */
  public static Weights fresh(Graph base, Weights weights, String head, long seed) {
    Graph appended = base.withHead(head, 4);
    String to = appended.heads().get(head) + ".";
    Map<String, Weights.Array> arrays = kept(appended, weights);
    InitialWeights.heNormal(appended, seed)
        .arrays()
        .forEach(
            (name, array) -> {
              if (name.startsWith(to)) {
                arrays.put(name, array);
              }
            });
    return new Weights(arrays);
  }

  /** The trained arrays that the graph with the error head still has. */
  private static Map<String, Weights.Array> kept(Graph appended, Weights weights) {
    Map<String, Weights.Array> arrays = new LinkedHashMap<>();
    for (Parameter p : appended.parameters()) {
      Weights.Array trained = weights.arrays().get(p.name());
      if (trained != null) {
        arrays.put(p.name(), trained);
      }
    }
    return arrays;
  }

  /** Four rows (TN, FP, FN, TP) from two (background, foreground). */
  private static float[] rows(float[] two, int length, ReadOut readOut) {
    float[] four = new float[4 * length];
    for (int i = 0; i < length; i++) {
      float background = two[i];
      float foreground = two[length + i];
      if (readOut.readsTpAlone()) {
        float difference = foreground - background;
        four[ErrorMask.TN * length + i] = -difference;
        four[ErrorMask.FP * length + i] = -difference;
        four[ErrorMask.FN * length + i] = difference;
        four[ErrorMask.TP * length + i] = difference;
      } else {
        four[ErrorMask.TN * length + i] = background;
        four[ErrorMask.FP * length + i] = background;
        four[ErrorMask.FN * length + i] = foreground;
        four[ErrorMask.TP * length + i] = foreground;
      }
    }
    return four;
  }
}
