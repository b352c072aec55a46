package org.maskmine.training;

import java.util.List;
import java.util.function.UnaryOperator;
import org.maskmine.UserError;
import org.maskmine.data.Augmentation;
import org.maskmine.data.Structure;
import org.maskmine.network.Architecture;
import org.maskmine.network.Graph;
import org.maskmine.network.OwnNetwork;
import org.maskmine.network.UNet;

/**
 * How one network of a pipeline is trained.
 *
 * @param heads what it segments: one structure in a cascade, liver and lesion in a combined network
 * @param patches of a step
 * @param optimiser and how long it works
 * @param keep which weights are kept
 * @param patience epochs without a better validation Dice after which training ends; 0 for never
 * @param augmentation random changes of training patches
 * @param emphasis on mined errors
 */
public record StageRecipe(
    List<Head> heads,
    Patches patches,
    Optimiser optimiser,
    Keep keep,
    int patience,
    Augmentation augmentation,
    Emphasis emphasis) {

  /** Which weights of a training are kept. */
  public enum Keep {
    /** Those of the epoch with the best validation Dice. */
    BEST,
    /** Those of the last epoch. */
    LAST
  }

  /** Checks the numbers. */
  public StageRecipe {
    heads = List.copyOf(heads);
    Patches.require(
        patches.depth() == 1 || heads.get(0).network().dimensions() == 3,
        "depth",
        patches.depth(),
        "a 2D network sees one slice and its neighbours; take slices, or a 3D network");
    Patches.require(
        patience >= 0, "patience", patience, "must be at least 1 epoch, or 0 for never");
  }

  /** The network as a graph, with a head named after each structure. */
  public Graph graph() {
    Graph graph =
        combined()
            ? uNet(first()).combined(first().name(), uNet(main()), main().name())
            : main().network().graph(main().name());
    for (Head head : heads) {
      if (head.readOut().classes() != 2) {
        graph = graph.withHead(head.name(), head.readOut().classes());
      }
    }
    return graph;
  }

  private static UNet uNet(Head head) {
    if (head.network() instanceof UNet net) {
      return net;
    }
    throw new UserError(
        "the "
            + head.name()
            + " network: is a graph of your own, which knows only its nodes; change those, or take"
            + " the paper's U-Net");
  }

  private boolean combined() {
    return heads.size() > 1;
  }

  private Head first() {
    return heads.get(0);
  }

  /** What decides sampling and best weights: the last head, the lesions where there are any. */
  private Head main() {
    return heads.get(heads.size() - 1);
  }

  /** The head of a structure. */
  public Head head(Structure structure) {
    return heads.stream()
        .filter(h -> h.structure() == structure)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no head for " + structure));
  }

  /** Whether it segments this structure. */
  public boolean segments(Structure structure) {
    return heads.stream().anyMatch(h -> h.structure() == structure);
  }

  /** The network's name in files and messages: {@code liver}, {@code lesion}, {@code combined}. */
  public String name() {
    return combined() ? "combined" : main().name();
  }

  /** What it segments; lesions where it segments both. */
  public Structure structure() {
    return main().structure();
  }

  /** What gives the logits; that of the lesions where there are two. */
  public Architecture network() {
    return main().network();
  }

  /** Width and height of a training patch, in voxels. */
  public int crop() {
    return patches.crop();
  }

  /** Slices of a training patch; 1 in 2D. */
  public int depth() {
    return patches.depth();
  }

  /** Patches per step. */
  public int batch() {
    return patches.batch();
  }

  /** Epochs of training. */
  public int epochs() {
    return optimiser.epochs();
  }

  /** Adam's learning rate, before the schedule. */
  public double learningRate() {
    return optimiser.learningRate();
  }

  /** Steps of the learning rate. */
  public Schedule schedule() {
    return optimiser.schedule();
  }

  /** Coupled L2 penalty. */
  public double l2() {
    return optimiser.l2();
  }

  /** The same with every head changed. */
  public StageRecipe eachHead(UnaryOperator<Head> change) {
    return new StageRecipe(
        heads.stream().map(change).toList(),
        patches,
        optimiser,
        keep,
        patience,
        augmentation,
        emphasis);
  }

  /**
   * The same with another U-Net below every head.
   *
   * @throws UserError where there is a graph instead
   */
  public StageRecipe network(UnaryOperator<UNet> change) {
    return eachHead(h -> h.network(change.apply(uNet(h))));
  }

  /**
   * The same with a graph of one's own instead of the U-Net.
   *
   * @throws UserError where the graph cannot be trained and retrained, or the stage has two heads
   */
  public StageRecipe network(Graph graph) {
    if (combined()) {
      throw new UserError(
          "a graph of your own for the combined network: that joins two U-Nets; take cascade2d() or"
              + " unet2d(LESION)");
    }
    return eachHead(h -> h.network(new OwnNetwork(graph)));
  }

  /** The same with patches of another size. */
  public StageRecipe patches(int crop, int depth) {
    return patches(patches.size(crop, depth));
  }

  /** The same with as many patches per step. */
  public StageRecipe batch(int batch) {
    return patches(patches.batch(batch));
  }

  private StageRecipe patches(Patches other) {
    return new StageRecipe(heads, other, optimiser, keep, patience, augmentation, emphasis);
  }

  /** The same with other epochs. */
  public StageRecipe epochs(int epochs) {
    return optimiser(optimiser.epochs(epochs));
  }

  /** The same with another learning rate. */
  public StageRecipe learningRate(double rate) {
    return optimiser(optimiser.learningRate(rate));
  }

  /** The same with another schedule. */
  public StageRecipe schedule(Schedule schedule) {
    return optimiser(optimiser.schedule(schedule));
  }

  /** The same with another L2 penalty. */
  public StageRecipe l2(double l2) {
    return optimiser(optimiser.l2(l2));
  }

  private StageRecipe optimiser(Optimiser other) {
    return new StageRecipe(heads, patches, other, keep, patience, augmentation, emphasis);
  }

  /** The same with another rule for the kept weights. */
  public StageRecipe keep(Keep keep) {
    return new StageRecipe(heads, patches, optimiser, keep, patience, augmentation, emphasis);
  }

  /** The same that ends after so many epochs without a better validation Dice. */
  public StageRecipe patience(int patience) {
    return new StageRecipe(heads, patches, optimiser, keep, patience, augmentation, emphasis);
  }

  /** The same with other random changes of its patches. */
  public StageRecipe augmentation(Augmentation augmentation) {
    return new StageRecipe(heads, patches, optimiser, keep, patience, augmentation, emphasis);
  }

  /** The same with another emphasis on mined errors. */
  public StageRecipe emphasis(Emphasis emphasis) {
    return new StageRecipe(heads, patches, optimiser, keep, patience, augmentation, emphasis);
  }
}
