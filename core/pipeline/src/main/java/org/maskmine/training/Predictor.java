package org.maskmine.training;

import java.util.EnumMap;
import java.util.Map;
import org.maskmine.Progress;
import org.maskmine.data.Case;
import org.maskmine.data.PreparedCase;
import org.maskmine.data.Structure;
import org.maskmine.engine.Engine;
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

  /** Opens a run's kept weights on its own engine. */
  public static Predictor open(StoredRun run) {
    return open(run, Tiles.DEFAULT);
  }

  /** The same, cutting volumes in another way. */
  public static Predictor open(StoredRun run, Tiles tiles) {
    Engine engine = Engines.choose(run.recipe().engine());
    var predictor = new Predictor(run.recipe(), tiles);
    try {
      for (StageRecipe stage : run.recipe().stages()) {
        var settings = new Engine.Settings(run.recipe().precision(), stage.l2());
        predictor.networks.put(
            stage.structure(),
            engine.open(stage.graph(), run.weights(stage.structure()), settings));
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
   * The whole cascade on one case: the liver's largest component, and lesions inside it.
   *
   * @return LiTS labels: 0 background, 1 liver, 2 lesion
   * @throws java.util.concurrent.CancellationException where the user stopped it
   */
  public Mask labels(PreparedCase prepared, Progress progress) {
    Mask liver = liver(prepared, watcher(prepared, Structure.LIVER, progress));
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
   */
  public Mask asTrained(PreparedCase prepared, Structure structure) {
    byte[] gate = Gates.ofTraining(prepared, structure);
    return new Mask(prepared.geometry(), predict(prepared, structure, gate));
  }

  private byte[] predict(PreparedCase prepared, Structure structure, byte[] gate) {
    return predict(prepared, structure, gate, TilePredictor.Watcher.NONE);
  }

  private byte[] predict(
      PreparedCase prepared, Structure structure, byte[] gate, TilePredictor.Watcher watcher) {
    Network network = networks.get(structure);
    if (network == null) {
      throw new IllegalArgumentException("no " + structure + " stage in " + recipe.pipeline());
    }
    return TilePredictor.predict(network, recipe.stage(structure), prepared, gate, tiles, watcher);
  }

  @Override
  public void close() {
    networks.values().forEach(Network::close);
  }
}
