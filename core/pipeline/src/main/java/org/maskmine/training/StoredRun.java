package org.maskmine.training;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.maskmine.data.Structure;
import org.maskmine.network.Weights;
import org.maskmine.scoring.Scores;

/**
 * A run on disk: {@code run.json} and {@code scores.json}, and per network {@code
 * <network>.last.safetensors} (weights, Adam's state and curves after the last epoch), {@code
 * <stage>.best.safetensors} (the best epoch's weights) and {@code <stage>.kept.safetensors} (those
 * that the finished run uses).
 */
public record StoredRun(Path folder, RunInfo info) {
  static final String INFO = "run.json";
  private static final String SCORES = "scores.json";

  static StoredRun open(Path folder) {
    return new StoredRun(folder, Json.read(folder.resolve(INFO), RunInfo.class));
  }

  /** Unique within its store: {@code base-7f3a21}. */
  public String id() {
    return info.id();
  }

  /** Every setting. */
  public Recipe recipe() {
    return info.recipe();
  }

  /**
   * The same with a recipe whose own losses can be computed; a file does not hold their functions.
   */
  StoredRun recipe(Recipe recipe) {
    return new StoredRun(folder, info.recipe(recipe));
  }

  /**
   * What happened in each epoch of a stage; empty where the stage was taken over from the parent.
   */
  public List<Epoch> curve(Structure structure) {
    Path last = last(structure);
    return Files.exists(last) ? Checkpoint.read(last).epochs() : List.of();
  }

  /** The kept weights of a stage. */
  public Weights weights(Structure structure) {
    return WeightFiles.read(kept(structure)).weights();
  }

  /** Scores of every case, in training order of the parts. */
  public Scores scores() {
    return Json.read(folder.resolve(SCORES), Scores.class);
  }

  void write() {
    Json.write(folder.resolve(INFO), info);
  }

  void write(Scores scores) {
    Json.write(folder.resolve(SCORES), scores);
  }

  Path kept(Structure structure) {
    return file(structure, "kept");
  }

  Path last(Structure structure) {
    return file(structure, "last");
  }

  Path best(Structure structure) {
    return file(structure, "best");
  }

  private Path file(Structure structure, String which) {
    return folder.resolve(recipe().stage(structure).name() + "." + which + ".safetensors");
  }
}
