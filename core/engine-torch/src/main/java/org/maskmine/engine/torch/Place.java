package org.maskmine.engine.torch;

import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.MemoryFormatOptional;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Where a network's tensors lie. Arrays reach a card through page-locked memory, so that the copy
 * runs while the program goes on.
 */
final class Place {
  private final boolean gpu;
  private final int index;
  private final Device device;

  Place(org.maskmine.engine.Device where, Owned owned) {
    this.gpu = where.gpu();
    this.index = where.index();
    this.device = owned.keep(new Device(gpu ? "cuda:" + where.index() : "cpu"));
  }

  boolean gpu() {
    return gpu;
  }

  /** Which card. */
  int index() {
    return index;
  }

  /** A tensor over a copy of the values, valid in the current scope. */
  Tensor of(float[] values, long... sizes) {
    if (!gpu) {
      return torch.from_blob(new FloatPointer(values), sizes);
    }
    Tensor locked = pageLocked(ScalarType.Float, sizes);
    locked.data_ptr_float().put(values);
    return here(locked, ScalarType.Float);
  }

  /** The same for bytes, as unsigned numbers. */
  Tensor of(byte[] values, long... sizes) {
    if (!gpu) {
      return torch.from_blob(new BytePointer(values), sizes, options(ScalarType.Byte));
    }
    Tensor locked = pageLocked(ScalarType.Byte, sizes);
    locked.data_ptr_byte().put(values);
    return here(locked, ScalarType.Byte);
  }

  Tensor zeros(long size) {
    return torch.zeros(size).to(device, ScalarType.Float);
  }

  /** The same tensor, there. */
  Tensor here(Tensor tensor) {
    return gpu ? here(tensor, tensor.scalar_type()) : tensor;
  }

  private Tensor here(Tensor tensor, ScalarType type) {
    return tensor.to(device, type, true, false, new MemoryFormatOptional());
  }

  /** The same tensor on the processor; from a card through page-locked memory. */
  static Tensor onProcessor(Tensor tensor) {
    return tensor.is_cuda()
        ? pageLocked(tensor.scalar_type(), tensor.sizes().vec().get()).copy_(tensor)
        : tensor;
  }

  private static Tensor pageLocked(ScalarType type, long... sizes) {
    return torch.empty(
        sizes, options(type).pinned_memory(new BoolOptional(true)), new MemoryFormatOptional());
  }

  private static TensorOptions options(ScalarType type) {
    return new TensorOptions().dtype(new ScalarTypeOptional(type));
  }
}
