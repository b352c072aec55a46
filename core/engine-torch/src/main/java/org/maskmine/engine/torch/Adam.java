package org.maskmine.engine.torch;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.maskmine.UserError;
import org.maskmine.network.Weights;

/**
 * Adam (Kingma & Ba 2015) with coupled L2, in the order of operations of PyTorch's {@code
 * torch.optim.Adam(weight_decay)}, over stretches of flat memory. Arrays that no loss reaches stay
 * as they are, as PyTorch leaves those without a gradient.
 */
final class Adam {
  private static final double BETA1 = 0.9;
  private static final double BETA2 = 0.999;
  private static final double EPSILON = 1e-8;
  private static final String STEP = "step";
  private static final String FIRST = "m.";
  private static final String SECOND = "v.";

  private final Layout layout;
  private final FlatArrays first;
  private final FlatArrays second;
  private final double l2;
  private long step;

  Adam(Layout layout, double l2, Place place, Owned owned) {
    this.layout = layout;
    this.l2 = l2;
    this.first = new FlatArrays(layout, place, owned);
    this.second = new FlatArrays(layout, place, owned);
  }

  /** Takes one step along {@code gradient}, which it overwrites. */
  void update(Tensor values, Tensor gradient, List<Layout.Range> ranges, double learningRate) {
    step++;
    double stepSize = learningRate / (1 - Math.pow(BETA1, step));
    double correction = Math.sqrt(1 - Math.pow(BETA2, step));
    for (Layout.Range range : ranges) {
      Tensor w = part(values, range);
      Tensor g = part(gradient, range);
      Tensor m = part(first.flat(), range);
      Tensor v = part(second.flat(), range);
      if (l2 != 0) {
        g.add_(w, new Scalar(l2));
      }
      m.lerp_(g, new Scalar(1 - BETA1));
      v.mul_(new Scalar(BETA2)).addcmul_(g, g, new Scalar(1 - BETA2));
      Tensor scale = v.sqrt().div_(new Scalar(correction)).add_(new Scalar(EPSILON));
      w.addcdiv_(m, scale, new Scalar(-stepSize));
    }
  }

  private static Tensor part(Tensor flat, Layout.Range range) {
    return flat.narrow(0, range.offset(), range.length());
  }

  Weights state() {
    Map<String, Weights.Array> arrays = new LinkedHashMap<>();
    first.readInto(arrays, FIRST);
    second.readInto(arrays, SECOND);
    arrays.put(STEP, new Weights.Array(new int[] {1}, new float[] {step}));
    return new Weights(arrays);
  }

  void restore(Weights state) {
    for (Layout.Slot slot : layout.slots().values()) {
      check(state, FIRST + slot.name(), slot.length());
      check(state, SECOND + slot.name(), slot.length());
    }
    check(state, STEP, 1);
    for (String name : layout.slots().keySet()) {
      first.write(name, state.get(FIRST + name).values());
      second.write(name, state.get(SECOND + name).values());
    }
    step = (long) state.get(STEP).values()[0];
  }

  private static void check(Weights state, String name, long length) {
    Weights.Array array = state.arrays().get(name);
    if (array == null || array.values().length != length) {
      throw new UserError(
          "the optimiser's state "
              + (array == null
                  ? "lacks " + name
                  : "holds " + array.values().length + " numbers for " + name)
              + ": it needs "
              + length
              + " numbers there; take the state that was saved with these weights");
    }
  }
}
