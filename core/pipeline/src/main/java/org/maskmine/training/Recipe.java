package org.maskmine.training;

import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.maskmine.data.HuWindow;
import org.maskmine.data.Structure;
import org.maskmine.engine.Device;
import org.maskmine.engine.Engine.Precision;
import org.maskmine.engine.Engines;

/**
 * Everything that decides a training, apart from the data.
 *
 * @param pipeline its name in the paper: {@code cascade2d}
 * @param preset whose settings it began from
 * @param window Hounsfield units that matter
 * @param stages the networks in order: liver, then lesion inside it; or one for both
 * @param lesionFromLiver whether the lesion network begins as the trained liver network
 * @param seed of every random stream
 * @param engine an engine's name, or {@code auto}
 * @param precision number format of feature maps
 * @param device a device's name, such as {@code cpu}, {@code gpu:0} or {@code auto}
 */
public record Recipe(
    String pipeline,
    Preset preset,
    HuWindow window,
    List<StageRecipe> stages,
    boolean lesionFromLiver,
    long seed,
    String engine,
    Precision precision,
    String device) {
  /** ε of the Dice score in every loss (PAPER section 3.1). */
  public static final double EPSILON = 1e-5;

  /** Power of the pixel weights (the authors' public pipeline). */
  public static final double WEIGHT_POWER = 2.5;

  /** Copies the list. Runs that were stored before there were devices used the processor. */
  public Recipe {
    stages = List.copyOf(stages);
    device = Objects.requireNonNullElse(device, Device.CPU.toString());
    Objects.requireNonNull(window, "it has no window");
    Objects.requireNonNull(engine, "it has no engine");
    Objects.requireNonNull(precision, "it has no precision");
  }

  /** Cascaded 2D at the size of the embedded phantom; see {@link Recipes}. */
  public static Recipe cascade2d() {
    return Recipes.cascade2d(Preset.DEMO);
  }

  /** Spatial axes of the networks, 2 or 3: a pipeline has one kind. */
  public int dimensions() {
    return stages.get(0).network().dimensions();
  }

  /** The stage that segments a structure. */
  public StageRecipe stage(Structure structure) {
    return stages.stream()
        .filter(s -> s.segments(structure))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no stage for " + structure));
  }

  /** What the networks segment, in their order. */
  public List<Structure> structures() {
    return stages.stream().flatMap(s -> s.heads().stream()).map(Head::structure).toList();
  }

  /** The same with every stage changed. */
  public Recipe eachStage(UnaryOperator<StageRecipe> change) {
    return new Recipe(
        pipeline,
        preset,
        window,
        stages.stream().map(change).toList(),
        lesionFromLiver,
        seed,
        engine,
        precision,
        device);
  }

  /** The same with another window of Hounsfield units. */
  public Recipe window(HuWindow window) {
    return new Recipe(
        pipeline, preset, window, stages, lesionFromLiver, seed, engine, precision, device);
  }

  /** The same whose lesion network begins as the trained liver network. */
  public Recipe withLesionFromLiver() {
    return new Recipe(pipeline, preset, window, stages, true, seed, engine, precision, device);
  }

  /** The same from another seed. */
  public Recipe seed(long seed) {
    return new Recipe(
        pipeline, preset, window, stages, lesionFromLiver, seed, engine, precision, device);
  }

  /** The same on another engine. */
  public Recipe engine(String engine) {
    return new Recipe(
        pipeline, preset, window, stages, lesionFromLiver, seed, engine, precision, device);
  }

  /** The same on another device. */
  public Recipe device(String device) {
    return new Recipe(
        pipeline, preset, window, stages, lesionFromLiver, seed, engine, precision, device);
  }

  /** The same on whichever card: cards of one kind give the same numbers. */
  Recipe onAnyCard() {
    return device.startsWith(Device.GPU + ":") ? device(Device.gpu(0).toString()) : this;
  }

  /** The same with what was left open decided. */
  Recipe at(Engines.Choice place) {
    return engine(place.engine().name())
        .device(place.device().toString())
        .precision(place.precision(precision));
  }

  /** The same in another number format. */
  public Recipe precision(Precision precision) {
    return new Recipe(
        pipeline, preset, window, stages, lesionFromLiver, seed, engine, precision, device);
  }
}
