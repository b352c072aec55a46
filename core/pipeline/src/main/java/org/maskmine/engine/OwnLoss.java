package org.maskmine.engine;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.maskmine.UserError;

/**
 * A loss that a researcher wrote as a Java function from logits and targets to value and gradient.
 * Every engine computes it, outside its native code. The gradient is held against differences of
 * the value the first time the loss is used.
 *
 * <p>Runs are stored under the name and what the function gives on a fixed sample, so that an
 * edited function trains anew. The function itself is not stored: a loss that comes back from a
 * file cannot be computed.
 */
public final class OwnLoss implements Loss {
  private final String name;
  private final String sample;
  private final transient @Nullable Function function;
  private final transient AtomicBoolean checked = new AtomicBoolean();

  /** From logits and targets to value and gradient. Must not keep or change its arguments. */
  @FunctionalInterface
  public interface Function {
    /**
     * Computes the loss of one head over a batch.
     *
     * @param logits float32 [image, class, pixel]; the class axis has {@link Target#classes()}
     *     entries, a pixel is one of [(z,) y, x] in row-major order
     * @param images length of the image axis
     */
    Result of(float[] logits, int images, Target target);
  }

  /**
   * A loss at some logits.
   *
   * @param value over the whole batch
   * @param gradient derivative of the value by each logit [image, class, pixel]
   */
  public record Result(double value, float[] gradient) {}

  /**
   * @param name under which runs are stored
   */
  public OwnLoss(String name, Function function) {
    this.name = name;
    this.function = Objects.requireNonNull(function);
    this.sample = sample(function);
  }

  /** Under which runs are stored. */
  public String name() {
    return name;
  }

  /**
   * Value and gradient, checked.
   *
   * @param logits float32 [image, class, pixel]
   * @throws UserError where the function gives a gradient of another length, or one that does not
   *     belong to its value
   */
  public Result of(float[] logits, int images, Target target) {
    Result result = compute(logits, images, target);
    if (result.gradient().length != logits.length) {
      throw new UserError(
          this
              + ": its gradient holds "
              + result.gradient().length
              + " numbers for "
              + logits.length
              + " logits; give one number per logit [image, class, pixel]");
    }
    if (!checked.get() && Double.isFinite(result.value())) {
      new GradientCheck(this::compute, logits, images, target).check(this, result);
      checked.set(true);
    }
    return result;
  }

  private Result compute(float[] logits, int images, Target target) {
    if (function == null) {
      throw new UserError(
          this
              + ": its Java function is not stored with the run; give the loss again where this run"
              + " is trained further");
    }
    return function.of(logits, images, target);
  }

  /** What a function gives on fixed logits for 2 and 4 classes, as one word. */
  private static String sample(Function function) {
    int hash = 1;
    for (int classes : new int[] {2, 4}) {
      var random = new SplittableRandom(classes);
      int images = 2;
      int pixels = 16;
      float[] logits = new float[images * classes * pixels];
      for (int i = 0; i < logits.length; i++) {
        logits[i] = (float) random.nextDouble(-3, 3);
      }
      byte[] membership = new byte[images * pixels];
      float[] weights = new float[images * pixels];
      for (int i = 0; i < membership.length; i++) {
        membership[i] = (byte) (1 << random.nextInt(classes));
        weights[i] = (float) random.nextDouble();
      }
      hash = 31 * hash + hash(function, logits, images, new Target(classes, membership, weights));
    }
    return HexFormat.of().toHexDigits(hash);
  }

  /** A function made for other images or classes may fail on the sample; that is its mark, then. */
  private static int hash(Function function, float[] logits, int images, Target target) {
    try {
      Result result = function.of(logits, images, target);
      // Not Arrays.hashCode: a gradient twice as large often has the same.
      float[] gradient = result.gradient();
      var bytes = ByteBuffer.allocate(Double.BYTES + Float.BYTES * gradient.length);
      bytes.putDouble(result.value()).asFloatBuffer().put(gradient);
      var sum = new CRC32C();
      sum.update(bytes.array());
      return (int) sum.getValue();
    } catch (RuntimeException e) {
      return e.getClass().getName().hashCode();
    }
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof OwnLoss loss && loss.name.equals(name) && loss.sample.equals(sample);
  }

  @Override
  public int hashCode() {
    return Objects.hash(name, sample);
  }

  @Override
  public String toString() {
    return "loss \"" + name + "\"";
  }
}
