package org.maskmine.engine;

import java.util.List;

/** Every kind of loss, by the name under which PyTorch's numbers are stored. */
public record StandardLoss(String name, Loss loss) {
  /** One of each. */
  public static List<StandardLoss> all() {
    return List.of(
        new StandardLoss("pwce", new Loss.PixelWeightedCrossEntropy(2.5)),
        new StandardLoss("combined", new Loss.Combined(2.5, 1e-5)),
        dice("dice sigmoid image", Loss.Activation.SIGMOID, Loss.Reduction.IMAGE),
        dice("dice sigmoid batch", Loss.Activation.SIGMOID, Loss.Reduction.BATCH),
        dice("dice softmax image", Loss.Activation.SOFTMAX, Loss.Reduction.IMAGE),
        dice("dice softmax batch", Loss.Activation.SOFTMAX, Loss.Reduction.BATCH),
        new StandardLoss("tversky", new Loss.Tversky(0.3, 0.7, 1e-5)),
        new StandardLoss("focal", new Loss.Focal(2)));
  }

  private static StandardLoss dice(
      String name, Loss.Activation activation, Loss.Reduction reduction) {
    return new StandardLoss(name, new Loss.SoftDice(activation, reduction, 1e-5));
  }

  @Override
  public String toString() {
    return name;
  }
}
