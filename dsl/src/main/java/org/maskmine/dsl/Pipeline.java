package org.maskmine.dsl;

import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.maskmine.data.Augmentation;
import org.maskmine.data.HuWindow;
import org.maskmine.data.Structure;
import org.maskmine.dsl.view.Given;
import org.maskmine.network.Connectivity;
import org.maskmine.network.Graph;
import org.maskmine.network.UNet;
import org.maskmine.training.Preset;
import org.maskmine.training.Recipe;
import org.maskmine.training.StageRecipe;

/**
 * A pipeline of the paper with its settings, as a value: every method gives a variant. Settings
 * hold for every network; {@link #liver} and {@link #lesion} change one alone.
 */
public final class Pipeline implements TrainOption {
  private final String name;
  private final Function<Preset, Recipe> recipes;
  private final UnaryOperator<Recipe> changes;

  Pipeline(String name, Function<Preset, Recipe> recipes) {
    this(name, recipes, UnaryOperator.identity());
  }

  private Pipeline(String name, Function<Preset, Recipe> recipes, UnaryOperator<Recipe> changes) {
    this.name = name;
    this.recipes = recipes;
    this.changes = changes;
  }

  /** The recipe at a size, with every change made to it. */
  Recipe recipe(Preset preset) {
    return changes.apply(recipes.apply(preset));
  }

  private Pipeline with(UnaryOperator<Recipe> change) {
    return new Pipeline(name, recipes, r -> change.apply(changes.apply(r)));
  }

  private Pipeline network(UnaryOperator<UNet> change) {
    return with(r -> r.eachStage(s -> s.network(change)));
  }

  /**
   * A graph of one's own instead of the U-Net: {@code unet2d(LESION).network(graph)}, or in a
   * cascade {@code lesion(s -> s.network(graph))}.
   *
   * @throws org.maskmine.UserError where it cannot be trained and retrained, or the pipeline is the
   *     combined one
   */
  public Pipeline network(Graph graph) {
    Given.needed(graph, "network(graph)", "give the network's nodes: new Graph(…)");
    return with(r -> r.eachStage(s -> s.network(graph)));
  }

  /** As many resolutions in every U-Net. */
  public Pipeline depth(int levels) {
    return network(n -> n.levels(levels));
  }

  /** As many channels in the stem of every U-Net. */
  public Pipeline base(int channels) {
    return network(n -> n.base(channels));
  }

  /** How the layers of a block are joined: {@code BASIC}, {@code RESIDUAL}, {@code DENSE}. */
  public Pipeline blocks(Connectivity connectivity) {
    return network(n -> n.blocks(connectivity));
  }

  /** Whether every block weighs its channels (squeeze-and-excitation). */
  public Pipeline squeezeExcitation(boolean on) {
    return network(n -> n.squeezeExcitation(on));
  }

  /** As many neighbouring slices as channels in 2D; odd. */
  public Pipeline slices(int n) {
    return network(net -> net.slices(n));
  }

  /** Width and height of training patches, in voxels, and their slices in 3D. */
  public Pipeline patches(int side, int slices) {
    return with(r -> r.eachStage(s -> s.patches(side, slices)));
  }

  /** Patches per step; even. */
  public Pipeline batch(int patches) {
    return with(r -> r.eachStage(s -> s.batch(patches)));
  }

  /** Coupled L2 penalty of Adam. */
  public Pipeline l2(double penalty) {
    return with(r -> r.eachStage(s -> s.l2(penalty)));
  }

  /** Hounsfield units that become 0 and 1. */
  public Pipeline window(double lowHu, double highHu) {
    return with(r -> r.window(new HuWindow(lowHu, highHu)));
  }

  /** Random changes of training patches: largest rotation in degrees, smallest and largest zoom. */
  public Pipeline augmentation(
      boolean flips, double degrees, double smallestZoom, double largestZoom) {
    var augmentation = new Augmentation(flips, degrees, smallestZoom, largestZoom);
    return with(r -> r.eachStage(s -> s.augmentation(augmentation)));
  }

  /** Ends a network's training after so many epochs without a better validation Dice. */
  public Pipeline earlyStop(int epochs) {
    return with(r -> r.eachStage(s -> s.patience(epochs)));
  }

  /** Keeps the last epoch's weights instead of the best validation Dice's. */
  public Pipeline keepLast() {
    return with(r -> r.eachStage(s -> s.keep(StageRecipe.Keep.LAST)));
  }

  /** Begins the lesion network as the trained liver network; both must be alike. */
  public Pipeline lesionFromLiver() {
    return with(Recipe::withLesionFromLiver);
  }

  /** Changes the liver network alone: {@code liver(s -> s.epochs(20).batch(8))}. */
  public Pipeline liver(UnaryOperator<StageRecipe> change) {
    return one(Structure.LIVER, change);
  }

  /** Changes the lesion network alone: {@code lesion(s -> s.learningRate(1e-3))}. */
  public Pipeline lesion(UnaryOperator<StageRecipe> change) {
    return one(Structure.LESION, change);
  }

  private Pipeline one(Structure structure, UnaryOperator<StageRecipe> change) {
    return with(r -> r.eachStage(s -> s.segments(structure) ? change.apply(s) : s));
  }

  @Override
  public String toString() {
    return name + "()";
  }
}
