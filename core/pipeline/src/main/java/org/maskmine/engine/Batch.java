package org.maskmine.engine;

import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.maskmine.UserError;
import org.maskmine.network.Extent;
import org.maskmine.network.Graph;
import org.maskmine.network.Node;

/** Images with the targets of each trained head. */
public record Batch(Images images, Map<String, Target> targets) {
  /** Copies the map. */
  public Batch {
    targets = Map.copyOf(targets);
  }

  /**
   * Refuses a batch that a network cannot train on with these losses, before anything native sees
   * it.
   *
   * @param losses per head that is trained
   * @throws UserError with the value, the rule and the remedy
   */
  public void check(Graph graph, Map<String, Loss> losses) {
    images.check(graph);
    checkNorms(graph);
    if (losses.isEmpty()) {
      throw new UserError(
          "no loss: a training step needs one for a head; name a head and its loss");
    }
    new TreeMap<>(losses).keySet().forEach(head -> checkTarget(graph, head));
  }

  private void checkTarget(Graph graph, String head) {
    int classes = graph.classes(head);
    Target target = targets.get(head);
    if (target == null) {
      throw new UserError(
          "no target for head " + head + ": a head with a loss needs one; add it to the batch");
    }
    if (target.classes() != classes) {
      throw new UserError(
          "a target of "
              + target.classes()
              + " classes for head "
              + head
              + ": the head has "
              + classes
              + " outputs; make the target with "
              + classes
              + " classes");
    }
    int pixels = images.count() * images.pixels();
    if (target.membership().length != pixels) {
      throw new UserError(
          "a target of "
              + target.membership().length
              + " pixels for head "
              + head
              + ": the images have "
              + pixels
              + "; cut images and targets from the same patches");
    }
  }

  /** Batch normalisation needs two values per channel at every depth. */
  private void checkNorms(Graph graph) {
    Map<String, Extent> extents = graph.extents();
    for (Node node : graph.nodes()) {
      if (node instanceof Node.BatchNorm && values(extents.get(node.name())) < 2) {
        throw new UserError(
            "a batch of "
                + images.count()
                + ": batch normalisation at "
                + node.name()
                + " sees one value per channel and needs two; take a larger patch or batch");
      }
    }
  }

  private int values(@Nullable Extent extent) {
    int values = images.count();
    for (int side : Objects.requireNonNull(extent).size(images.size())) {
      values *= side;
    }
    return values;
  }
}
