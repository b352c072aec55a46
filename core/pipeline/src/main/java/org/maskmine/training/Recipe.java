package org.maskmine.training;

import java.util.List;
import java.util.function.UnaryOperator;
import org.maskmine.data.Augmentation;
import org.maskmine.data.HuWindow;
import org.maskmine.data.Structure;
import org.maskmine.engine.Engine.Precision;
import org.maskmine.engine.Engines;
import org.maskmine.engine.Loss;
import org.maskmine.network.Connectivity;
import org.maskmine.network.UNet;

/**
 * Everything that decides a training, apart from the data.
 *
 * @param pipeline its name in the paper: {@code cascade2d}
 * @param window Hounsfield units that matter
 * @param stages the networks in order: liver, then lesion inside it
 * @param seed of every random stream
 * @param engine an engine's name, or {@code auto}
 * @param precision number format of feature maps
 */
public record Recipe(
    String pipeline,
    HuWindow window,
    List<StageRecipe> stages,
    long seed,
    String engine,
    Precision precision) {
  /** ε of the Dice score in every loss (PAPER section 3.1). */
  public static final double EPSILON = 1e-5;

  /** Power of the pixel weights (the authors' public pipeline). */
  public static final double WEIGHT_POWER = 2.5;

  /** Copies the list. */
  public Recipe {
    stages = List.copyOf(stages);
  }

  /**
   * Cascaded 2D (PAPER section 3.1, Fig. 3A) at the size of the embedded phantom: a small liver
   * net, then the lesion net inside the liver's largest component.
   */
  public static Recipe cascade2d() {
    var schedule = new Schedule(List.of(0.6, 0.85), 0.2);
    var liver =
        new StageRecipe(
            Structure.LIVER,
            demoNetwork(4),
            new Loss.PixelWeightedCrossEntropy(WEIGHT_POWER),
            ReadOut.FOREGROUND,
            64,
            1,
            12,
            6,
            3e-3,
            schedule,
            1e-5,
            StageRecipe.Keep.BEST,
            Augmentation.FLIPS);
    var lesion =
        new StageRecipe(
            Structure.LESION,
            demoNetwork(8),
            new Loss.Combined(WEIGHT_POWER, EPSILON),
            ReadOut.FOREGROUND,
            40,
            1,
            12,
            20,
            3e-3,
            schedule,
            1e-5,
            StageRecipe.Keep.BEST,
            Augmentation.FLIPS);
    return new Recipe(
        "cascade2d",
        new HuWindow(-100, 400),
        List.of(liver, lesion),
        0,
        Engines.AUTO,
        Precision.FP32);
  }

  private static UNet demoNetwork(int base) {
    return UNet.twoD().base(base).levels(3).blocks(Connectivity.BASIC).squeezeExcitation(false);
  }

  /** Spatial axes of the networks, 2 or 3: a pipeline has one kind. */
  public int dimensions() {
    return stages.get(0).network().dimensions();
  }

  /** The stage for a structure. */
  public StageRecipe stage(Structure structure) {
    return stages.stream()
        .filter(s -> s.structure() == structure)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no stage for " + structure));
  }

  /** What the networks segment, in their order. */
  public List<Structure> structures() {
    return stages.stream().map(StageRecipe::structure).toList();
  }

  /** The same with every stage changed. */
  public Recipe eachStage(UnaryOperator<StageRecipe> change) {
    return new Recipe(
        pipeline, window, stages.stream().map(change).toList(), seed, engine, precision);
  }

  /** The same in another window. */
  public Recipe window(HuWindow window) {
    return new Recipe(pipeline, window, stages, seed, engine, precision);
  }

  /** The same from another seed. */
  public Recipe seed(long seed) {
    return new Recipe(pipeline, window, stages, seed, engine, precision);
  }

  /** The same on another engine. */
  public Recipe engine(String engine) {
    return new Recipe(pipeline, window, stages, seed, engine, precision);
  }

  /** The same in another number format. */
  public Recipe precision(Precision precision) {
    return new Recipe(pipeline, window, stages, seed, engine, precision);
  }
}
