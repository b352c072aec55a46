package org.maskmine.engine.torch;

import java.util.Arrays;
import java.util.stream.LongStream;
import org.bytedeco.pytorch.Argument;
import org.bytedeco.pytorch.Dispatcher;
import org.bytedeco.pytorch.GenericList;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.IValueVector;
import org.bytedeco.pytorch.OperatorHandle;
import org.bytedeco.pytorch.OperatorName;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * A convolution whose result passes a leaky rectifier before it is written: an operation of oneDNN,
 * on processors, without gradient. libtorch has no function for it, only the entry among its
 * operators: {@code mkldnn::_convolution_pointwise(X, W, B, padding, stride, dilation, groups,
 * attr, scalars, algorithm)}.
 */
final class RectifiedConvolution {
  private static final String NAME = "mkldnn::_convolution_pointwise";
  private static final int PADDING = 3;
  private static final int SCALARS = 8;

  private final OperatorHandle operator;
  private final IValue[] arguments;

  /**
   * @param weight of the convolution, channels last, in the number format of the input
   * @param bias in the same format
   * @param slope of the rectifier below zero
   */
  RectifiedConvolution(
      Tensor weight, Tensor bias, int stride, int padding, double slope, Owned owned) {
    this.operator = owned.keep(Dispatcher.singleton().findSchemaOrThrow(NAME, ""));
    int axes = (int) weight.dim() - 2;
    this.arguments =
        new IValue[] {
          new IValue(weight),
          new IValue(bias),
          list(PADDING, repeated(padding, axes)),
          list(PADDING, repeated(stride, axes)),
          list(PADDING, repeated(1, axes)),
          new IValue(1L),
          new IValue("leaky_relu"),
          list(SCALARS, new IValue(new Scalar(slope))),
          new IValue()
        };
    Arrays.stream(arguments).forEach(owned::keep);
  }

  /** Whether this libtorch has it there. */
  static boolean isHere(Place place) {
    return !place.gpu()
        && torch.hasMKLDNN()
        && Dispatcher.singleton().findSchema(new OperatorName(NAME, "")).has_value();
  }

  private static IValue[] repeated(long value, int times) {
    return LongStream.generate(() -> value)
        .limit(times)
        .mapToObj(IValue::new)
        .toArray(IValue[]::new);
  }

  /** A list of the type that an argument has. */
  private IValue list(int argument, IValue... values) {
    Argument declared = operator.schema().arguments().getPointer(Argument.class, argument);
    var list = new GenericList(declared.type().get().containedType(0));
    Arrays.stream(values).forEach(list::push_back);
    return new IValue(list);
  }

  /** A feature map; belongs to the current scope. */
  Tensor apply(Tensor x) {
    // Both hold tensors, so they must not live as long as the scope does.
    try (var input = new IValue(x);
        var stack = new IValueVector(arguments.length + 1L)) {
      stack.put(0, input);
      for (int i = 0; i < arguments.length; i++) {
        stack.put(i + 1L, arguments[i]);
      }
      operator.callBoxed(stack);
      return new Tensor(stack.get(0).toTensor());
    }
  }
}
