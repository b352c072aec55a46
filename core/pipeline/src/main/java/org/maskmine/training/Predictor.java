package org.maskmine.training;

import java.util.EnumMap;
import java.util.Map;
import org.maskmine.Progress;
import org.maskmine.UserError;
import org.maskmine.data.Case;
import org.maskmine.data.PreparedCase;
import org.maskmine.data.Structure;
import org.maskmine.engine.Engines;
import org.maskmine.engine.Network;
import org.maskmine.volume.Components;
import org.maskmine.volume.Mask;

/**
 * A finished run's networks, opened to predict. Used by one thread at a time; the owner closes it.
 */
public final class Predictor implements AutoCloseable {
  private final Recipe recipe;
  private final Tiles tiles;
  private final Map<Structure, Network> networks = new EnumMap<>(Structure.class);

  private Predictor(Recipe recipe, Tiles tiles) {
    this.recipe = recipe;
    this.tiles = tiles;
  }

  /** Opens a run's kept weights on its own engine, and on its device where that is here. */
  public static Predictor open(StoredRun run) {
    return open(run, Tiles.DEFAULT);
  }

  /** The same, cutting volumes in another way. */
  public static Predictor open(StoredRun run, Tiles tiles) {
    Engines.Choice place = Engines.again(run.recipe().engine(), run.recipe().device());
    var predictor = new Predictor(run.recipe(), tiles);
    try {
      for (StageRecipe stage : run.recipe().stages()) {
        var settings = place.settings(run.recipe().precision(), stage.l2());
        Network network =
            place.engine().open(stage.graph(), run.weights(stage.structure()), settings);
        stage.heads().forEach(head -> predictor.networks.put(head.structure(), network));
      }
    } catch (RuntimeException | Error e) {
      predictor.close();
      throw e;
    }
    return predictor;
  }

  /** A case as this run's networks see it. */
  public PreparedCase prepare(Case c) {
    return PreparedCase.of(c, recipe.window(), recipe.dimensions());
  }

  /**
   * The whole cascade on one case: the liver's largest component, and lesions inside it where the
   * run segments them.
   *
   * @return LiTS labels: 0 background, 1 liver, 2 lesion
   * @throws UserError where the run has no liver network
   * @throws java.util.concurrent.CancellationException where the user stopped it
   */
  public Mask labels(PreparedCase prepared, Progress progress) {
    if (!recipe.structures().contains(Structure.LIVER)) {
      throw new UserError(
          "predict: "
              + recipe.pipeline()
              + " segments lesions inside the true liver alone, which a new scan has not; take a"
              + " run of cascade2d() or another pipeline that finds the liver first");
    }
    Mask liver = liver(prepared, watcher(prepared, Structure.LIVER, progress));
    if (!recipe.structures().contains(Structure.LESION)) {
      return liver;
    }
    byte[] lesion =
        predict(
            prepared,
            Structure.LESION,
            liver.values(),
            watcher(prepared, Structure.LESION, progress));
    byte[] labels = liver.values().clone();
    for (int i = 0; i < labels.length; i++) {
      labels[i] += lesion[i];
    }
    return new Mask(prepared.geometry(), labels);
  }

  private static TilePredictor.Watcher watcher(
      PreparedCase prepared, Structure structure, Progress progress) {
    return (done, total) ->
        progress.report("predicting the " + structure.label(), done, total, prepared.id());
  }

  /** The predicted liver: the largest connected component (PAPER section 3.2), a binary mask. */
  public Mask liver(PreparedCase prepared) {
    return liver(prepared, TilePredictor.Watcher.NONE);
  }

  private Mask liver(PreparedCase prepared, TilePredictor.Watcher watcher) {
    byte[] mask = predict(prepared, Structure.LIVER, Gates.everywhere(prepared), watcher);
    return Components.largest(new Mask(prepared.geometry(), mask));
  }

  /** The predicted lesions inside a liver, a binary mask. */
  public Mask lesion(PreparedCase prepared, Mask gate) {
    return new Mask(prepared.geometry(), predict(prepared, Structure.LESION, gate.values()));
  }

  /**
   * A structure as the training saw it, before any post-processing: the liver everywhere, lesions
   * inside the true liver. What mining compares with the truth.
   *
   * @param progress told of every part of the volume
   * @throws java.util.concurrent.CancellationException where the user stopped it
   */
  public Mask asTrained(PreparedCase prepared, Structure structure, Progress progress) {
    byte[] gate = Gates.ofTraining(prepared, structure);
    var watcher = watcher(prepared, structure, progress);
    return new Mask(prepared.geometry(), predict(prepared, structure, gate, watcher));
  }

  private byte[] predict(PreparedCase prepared, Structure structure, byte[] gate) {
    return predict(prepared, structure, gate, TilePredictor.Watcher.NONE);
  }

  private byte[] predict(
      PreparedCase prepared, Structure structure, byte[] gate, TilePredictor.Watcher watcher) {
    return TilePredictor.predict(
        network(structure), recipe.stage(structure), structure, prepared, gate, tiles, watcher);
  }

  /**
   * The score of every voxel as training saw it, foreground where above 0; see {@link ReadOut}.
   * Outside the gate it is −∞.
   */
  public float[] scores(PreparedCase prepared, Structure structure) {
    byte[] gate = Gates.ofTraining(prepared, structure);
    float[] out =
        TilePredictor.scores(
            network(structure), recipe.stage(structure), structure, prepared, gate, tiles);
    for (int i = 0; i < out.length; i++) {
      out[i] = gate[i] == 0 ? Float.NEGATIVE_INFINITY : out[i];
    }
    return out;
  }

  private Network network(Structure structure) {
    Network network = networks.get(structure);
    if (network == null) {
      throw new IllegalArgumentException("no " + structure + " stage in " + recipe.pipeline());
    }
    return network;
  }

  @Override
  public void close() {
    networks.values().stream().distinct().forEach(Network::close);
  }
}
