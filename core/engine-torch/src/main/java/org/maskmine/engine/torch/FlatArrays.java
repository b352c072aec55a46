package org.maskmine.engine.torch;

import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Tensor;
import org.maskmine.network.Weights;

/** Named arrays in one tensor, as a {@link Layout} places them. */
final class FlatArrays {
  private final Layout layout;
  private final Place place;
  private final Tensor flat;
  private final Map<String, Tensor> views = new LinkedHashMap<>();

  /** All zero; memory belongs to {@code owned}. */
  FlatArrays(Layout layout, Place place, Owned owned) {
    this.layout = layout;
    this.place = place;
    this.flat = owned.keep(place.zeros(layout.size()));
    for (Layout.Slot slot : layout.slots().values()) {
      views.put(slot.name(), owned.keep(view(flat, slot)));
    }
  }

  static Tensor view(Tensor flat, Layout.Slot slot) {
    return flat.as_strided(slot.sizes(), slot.strides(), new LongOptional(slot.offset()));
  }

  /** Everything as one vector. */
  Tensor flat() {
    return flat;
  }

  /** One array, sharing the memory. */
  Tensor view(String name) {
    return Tensors.present(views.get(name), name);
  }

  void write(String name, float[] values) {
    Layout.Slot slot = Tensors.present(layout.slots().get(name), name);
    try (PointerScope scope = new PointerScope()) {
      view(name).copy_(place.of(values, slot.sizes()));
    }
  }

  /** A copy of every array under {@code prefix} + its name. */
  void readInto(Map<String, Weights.Array> arrays, String prefix) {
    for (Layout.Slot slot : layout.slots().values()) {
      arrays.put(
          prefix + slot.name(),
          new Weights.Array(slot.shape().clone(), Tensors.toFloats(view(slot.name()))));
    }
  }
}
