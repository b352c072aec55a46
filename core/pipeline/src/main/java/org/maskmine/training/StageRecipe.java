package org.maskmine.training;

import org.maskmine.UserError;
import org.maskmine.data.Augmentation;
import org.maskmine.data.Structure;
import org.maskmine.engine.Loss;
import org.maskmine.network.Graph;
import org.maskmine.network.UNet;

/**
 * How one network of a pipeline is trained.
 *
 * @param structure what it segments
 * @param network the U-Net
 * @param loss what it minimises
 * @param readOut how its logits become a mask
 * @param crop width and height of a training patch, in voxels
 * @param depth slices of a training patch; 1 in 2D
 * @param batch patches per step
 * @param epochs of training
 * @param learningRate of Adam, before the schedule
 * @param schedule steps of the learning rate
 * @param l2 coupled L2 penalty
 * @param keep which weights are kept
 * @param augmentation random changes of training patches
 */
public record StageRecipe(
    Structure structure,
    UNet network,
    Loss loss,
    ReadOut readOut,
    int crop,
    int depth,
    int batch,
    int epochs,
    double learningRate,
    Schedule schedule,
    double l2,
    Keep keep,
    Augmentation augmentation) {

  /** Which weights of a training are kept. */
  public enum Keep {
    /** Those of the epoch with the best validation Dice. */
    BEST,
    /** Those of the last epoch. */
    LAST
  }

  /** Checks the numbers. */
  public StageRecipe {
    require(epochs >= 1, "epochs", epochs, "must be at least 1");
    require(batch >= 2 && batch % 2 == 0, "batch", batch, "must be even: half holds foreground");
    require(crop >= 1, "crop", crop, "must be at least 1");
    require(depth >= 1, "depth", depth, "must be at least 1");
    require(
        depth == 1 || network.dimensions() == 3,
        "depth",
        depth,
        "a 2D network sees one slice and its neighbours; take slices, or a 3D network");
    if (!(learningRate > 0) || learningRate > 1) {
      throw new UserError(
          "learning rate " + learningRate + ": must be above 0 and at most 1; try 0.001");
    }
  }

  private static void require(boolean holds, String what, int value, String rule) {
    if (!holds) {
      throw new UserError(what + "(" + value + "): " + rule);
    }
  }

  /** The network as a graph, with one head named after the structure. */
  public Graph graph() {
    Graph graph = network.graph(head());
    return readOut.classes() == 2 ? graph : graph.withHead(head(), readOut.classes());
  }

  /** The head's name: {@code liver} or {@code lesion}. */
  public String head() {
    return structure.label();
  }

  /** The same with other epochs. */
  public StageRecipe epochs(int epochs) {
    return new StageRecipe(
        structure,
        network,
        loss,
        readOut,
        crop,
        depth,
        batch,
        epochs,
        learningRate,
        schedule,
        l2,
        keep,
        augmentation);
  }

  /** The same with another learning rate. */
  public StageRecipe learningRate(double rate) {
    return new StageRecipe(
        structure,
        network,
        loss,
        readOut,
        crop,
        depth,
        batch,
        epochs,
        rate,
        schedule,
        l2,
        keep,
        augmentation);
  }

  /** The same with another loss and read-out. */
  public StageRecipe loss(Loss loss, ReadOut readOut) {
    return new StageRecipe(
        structure,
        network,
        loss,
        readOut,
        crop,
        depth,
        batch,
        epochs,
        learningRate,
        schedule,
        l2,
        keep,
        augmentation);
  }

  /** The same with another schedule. */
  public StageRecipe schedule(Schedule schedule) {
    return new StageRecipe(
        structure,
        network,
        loss,
        readOut,
        crop,
        depth,
        batch,
        epochs,
        learningRate,
        schedule,
        l2,
        keep,
        augmentation);
  }

  /** The same with another rule for the kept weights. */
  public StageRecipe keep(Keep keep) {
    return new StageRecipe(
        structure,
        network,
        loss,
        readOut,
        crop,
        depth,
        batch,
        epochs,
        learningRate,
        schedule,
        l2,
        keep,
        augmentation);
  }

  /** The same with another network. */
  public StageRecipe network(UNet network) {
    return new StageRecipe(
        structure,
        network,
        loss,
        readOut,
        crop,
        depth,
        batch,
        epochs,
        learningRate,
        schedule,
        l2,
        keep,
        augmentation);
  }

  /** The same with patches of another size. */
  public StageRecipe patches(int crop, int depth) {
    return new StageRecipe(
        structure,
        network,
        loss,
        readOut,
        crop,
        depth,
        batch,
        epochs,
        learningRate,
        schedule,
        l2,
        keep,
        augmentation);
  }

  /** The same with other random changes of its patches. */
  public StageRecipe augmentation(Augmentation augmentation) {
    return new StageRecipe(
        structure,
        network,
        loss,
        readOut,
        crop,
        depth,
        batch,
        epochs,
        learningRate,
        schedule,
        l2,
        keep,
        augmentation);
  }
}
