package org.maskmine.engine.dl4j;

import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.CustomOp;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.api.ops.OpContext;
import org.nd4j.linalg.factory.Nd4j;

/**
 * One of ND4J's native operations with its arguments, to be run again and again by one thread.
 *
 * <p>ND4J would make a native context for every run and free it only when the garbage collector
 * finds it, so that a training grows by what has not been found yet. This keeps one context.
 */
final class NativeOp {
  private final CustomOp op;
  private final OpContext context;

  /** An operation by ND4J's name for it, with its integer arguments. */
  NativeOp(String name, int... integers) {
    op = DynamicCustomOp.builder(name).build();
    context = Nd4j.getExecutioner().buildContext();
    context.shapeFunctionOverride(true);
    context.setIArguments(Arrays.stream(integers).asLongStream().toArray());
  }

  /** Computes the outputs, which the caller owns, as the inputs. */
  void run(INDArray[] inputs, INDArray... outputs) {
    try {
      for (int i = 0; i < inputs.length; i++) {
        context.setInputArray(i, inputs[i]);
      }
      for (int i = 0; i < outputs.length; i++) {
        context.setOutputArray(i, outputs[i]);
      }
      Nd4j.exec(op, context);
    } finally {
      context.purge();
    }
  }

  /** out = a ∘ b, b broadcast. */
  void run(INDArray a, INDArray b, INDArray out) {
    run(new INDArray[] {a, b}, out);
  }
}
