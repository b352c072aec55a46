package org.maskmine.engine.torch;

import java.util.function.DoubleSupplier;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * A number that a device has still to compute: asking for it waits, once. Asked for or not, it
 * holds four bytes; those of a training that was stopped go with the garbage collector.
 */
final class LateNumber implements DoubleSupplier {
  private @Nullable Tensor tensor;
  private double value;

  private LateNumber(Tensor tensor) {
    tensor.retainReference();
    this.tensor = tensor;
  }

  /**
   * @param tensor of one number; kept until it is asked for, where it lies on a card
   */
  static DoubleSupplier of(Tensor tensor, Place place) {
    if (place.gpu()) {
      return new LateNumber(tensor);
    }
    double value = tensor.item_double();
    return () -> value;
  }

  @Override
  public synchronized double getAsDouble() {
    Tensor late = tensor;
    if (late != null) {
      value = Libtorch.compute(late::item_double);
      late.releaseReference();
      tensor = null;
    }
    return value;
  }
}
