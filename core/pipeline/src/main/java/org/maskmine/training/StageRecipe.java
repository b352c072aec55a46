package org.maskmine.training;

import java.util.List;
import java.util.function.UnaryOperator;
import org.maskmine.UserError;
import org.maskmine.data.Augmentation;
import org.maskmine.data.Structure;
import org.maskmine.network.Graph;
import org.maskmine.network.UNet;

/**
 * How one network of a pipeline is trained.
 *
 * @param heads what it segments: one structure in a cascade, liver and lesion in a combined network
 * @param crop width and height of a training patch, in voxels
 * @param depth slices of a training patch; 1 in 2D
 * @param batch patches per step
 * @param epochs of training
 * @param learningRate of Adam, before the schedule
 * @param schedule steps of the learning rate
 * @param l2 coupled L2 penalty
 * @param keep which weights are kept
 * @param patience epochs without a better validation Dice after which training ends; 0 for never
 * @param augmentation random changes of training patches
 * @param emphasis on mined errors
 */
public record StageRecipe(
    List<Head> heads,
    int crop,
    int depth,
    int batch,
    int epochs,
    double learningRate,
    Schedule schedule,
    double l2,
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
    require(epochs >= 1, "epochs", epochs, "must be at least 1");
    require(batch >= 2 && batch % 2 == 0, "batch", batch, "must be even: half holds foreground");
    require(crop >= 1, "crop", crop, "must be at least 1");
    require(depth >= 1, "depth", depth, "must be at least 1");
    require(
        depth == 1 || heads.get(0).network().dimensions() == 3,
        "depth",
        depth,
        "a 2D network sees one slice and its neighbours; take slices, or a 3D network");
    require(patience >= 0, "patience", patience, "must be at least 1 epoch, or 0 for never");
    if (!(learningRate > 0) || learningRate > 1) {
      throw new UserError(
          "learning rate " + learningRate + ": must be above 0 and at most 1; try 0.001");
    }
    if (!(l2 >= 0) || l2 > 1) {
      throw new UserError("L2 penalty " + l2 + ": must be 0 to 1; try 1e-5");
    }
  }

  private static void require(boolean holds, String what, int value, String rule) {
    if (!holds) {
      throw new UserError(what + "(" + value + "): " + rule);
    }
  }

  /** The network as a graph, with a head named after each structure. */
  public Graph graph() {
    Graph graph =
        combined()
            ? first().network().combined(first().name(), main().network(), main().name())
            : main().network().graph(main().name());
    for (Head head : heads) {
      if (head.readOut().classes() != 2) {
        graph = graph.withHead(head.name(), head.readOut().classes());
      }
    }
    return graph;
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

  /** The U-Net; that of the lesions where there are two. */
  public UNet network() {
    return main().network();
  }

  /** The same with every head changed. */
  public StageRecipe eachHead(UnaryOperator<Head> change) {
    return new StageRecipe(
        heads.stream().map(change).toList(),
        crop,
        depth,
        batch,
        epochs,
        learningRate,
        schedule,
        l2,
        keep,
        patience,
        augmentation,
        emphasis);
  }

  /** The same with another network below every head. */
  public StageRecipe network(UnaryOperator<UNet> change) {
    return eachHead(h -> h.network(change.apply(h.network())));
  }

  /** The same with patches of another size. */
  public StageRecipe patches(int crop, int depth) {
    return with(crop, depth, batch, epochs, learningRate, schedule, l2, keep);
  }

  /** The same with as many patches per step. */
  public StageRecipe batch(int batch) {
    return with(crop, depth, batch, epochs, learningRate, schedule, l2, keep);
  }

  /** The same with other epochs. */
  public StageRecipe epochs(int epochs) {
    return with(crop, depth, batch, epochs, learningRate, schedule, l2, keep);
  }

  /** The same with another learning rate. */
  public StageRecipe learningRate(double rate) {
    return with(crop, depth, batch, epochs, rate, schedule, l2, keep);
  }

  /** The same with another schedule. */
  public StageRecipe schedule(Schedule schedule) {
    return with(crop, depth, batch, epochs, learningRate, schedule, l2, keep);
  }

  /** The same with another L2 penalty. */
  public StageRecipe l2(double l2) {
    return with(crop, depth, batch, epochs, learningRate, schedule, l2, keep);
  }

  /** The same with another rule for the kept weights. */
  public StageRecipe keep(Keep keep) {
    return with(crop, depth, batch, epochs, learningRate, schedule, l2, keep);
  }

  private StageRecipe with(
      int crop,
      int depth,
      int batch,
      int epochs,
      double learningRate,
      Schedule schedule,
      double l2,
      Keep keep) {
    return new StageRecipe(
        heads,
        crop,
        depth,
        batch,
        epochs,
        learningRate,
        schedule,
        l2,
        keep,
        patience,
        augmentation,
        emphasis);
  }

  /** The same that ends after so many epochs without a better validation Dice. */
  public StageRecipe patience(int patience) {
    return with(patience, augmentation, emphasis);
  }

  /** The same with other random changes of its patches. */
  public StageRecipe augmentation(Augmentation augmentation) {
    return with(patience, augmentation, emphasis);
  }

  /** The same with another emphasis on mined errors. */
  public StageRecipe emphasis(Emphasis emphasis) {
    return with(patience, augmentation, emphasis);
  }

  private StageRecipe with(int patience, Augmentation augmentation, Emphasis emphasis) {
    return new StageRecipe(
        heads,
        crop,
        depth,
        batch,
        epochs,
        learningRate,
        schedule,
        l2,
        keep,
        patience,
        augmentation,
        emphasis);
  }
}
