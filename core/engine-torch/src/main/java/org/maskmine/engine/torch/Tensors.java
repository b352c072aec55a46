package org.maskmine.engine.torch;

import java.util.function.Supplier;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.GradMode;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.jspecify.annotations.Nullable;

/** Small steps between Java arrays and tensors. */
final class Tensors {
  private Tensors() {}

  /** The values in row-major order, as float32. */
  static float[] toFloats(Tensor tensor) {
    try (PointerScope scope = new PointerScope()) {
      Tensor plain = Place.onProcessor(tensor.detach().to(ScalarType.Float).contiguous());
      float[] values = new float[Math.toIntExact(plain.numel())];
      plain.data_ptr_float().get(values);
      return values;
    }
  }

  /**
   * Runs work with gradients recorded or not, whatever the calling thread's own mode is, and leaves
   * that mode as it was.
   */
  static <T> T recording(boolean on, Supplier<T> work) {
    boolean before = GradMode.is_enabled();
    GradMode.set_enabled(on);
    try {
      return work.get();
    } finally {
      GradMode.set_enabled(before);
    }
  }

  /**
   * What work gives, in the current scope. Whatever else it makes is freed at once, but for what a
   * backward pass will need; tensors over memory of Java would lose that.
   */
  static Tensor alone(Supplier<Tensor> work) {
    PointerScope scope = PointerScope.getInnerScope();
    try (PointerScope inner = new PointerScope()) {
      Tensor result = work.get();
      scope.attach(result);
      return result;
    }
  }

  static <T> T present(@Nullable T value, String name) {
    if (value == null) {
      throw new IllegalArgumentException("no array " + name);
    }
    return value;
  }
}
