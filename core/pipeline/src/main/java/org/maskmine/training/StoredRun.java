package org.maskmine.training;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.maskmine.DiskTrouble;
import org.maskmine.UserError;
import org.maskmine.WholeFile;
import org.maskmine.data.SplitFile;
import org.maskmine.data.Structure;
import org.maskmine.network.Weights;
import org.maskmine.scoring.Scores;
import org.maskmine.volume.Nifti;

/**
 * A run on disk: {@code run.json} and {@code scores.json}, and per network {@code
 * <network>.last.safetensors} (weights, Adam's state and curves after the last epoch), {@code
 * <stage>.best.safetensors} (the best epoch's weights) and {@code <stage>.kept.safetensors} (those
 * that the finished run uses).
 */
public record StoredRun(Path folder, RunInfo info) {
  static final String INFO = "run.json";

  /** The folder of mined error masks. */
  public static final String ERRORS = "errors";

  private static final String SCORES = "scores.json";

  static StoredRun open(Path folder) {
    Path file = folder.resolve(INFO);
    return new StoredRun(
        folder, Json.read(file, RunInfo.class, remedy(folder), run -> RunFormat.today(run, file)));
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

  /** The same computed on another device from here on; its file stays as it is. */
  public StoredRun device(String device) {
    return recipe(recipe().device(device));
  }

  StoredRun seconds(double seconds) {
    return new StoredRun(folder, info.seconds(seconds));
  }

  StoredRun asFinished() {
    return new StoredRun(folder, info.asFinished());
  }

  /** Of the epochs that are kept; a session that was killed has left no other figure. */
  double secondsOfEpochs() {
    return recipe().stages().stream()
        .flatMap(stage -> curve(stage.structure()).stream())
        .mapToDouble(Epoch::seconds)
        .sum();
  }

  /**
   * What happened in each epoch of a stage; empty where the stage was taken over from the parent.
   */
  public List<Epoch> curve(Structure structure) {
    Path last = last(structure);
    return Files.exists(last) ? checkpoint(structure).epochs() : List.of();
  }

  /** The state after the last epoch of a stage. */
  Checkpoint checkpoint(Structure structure) {
    return Checkpoint.read(last(structure), remedy(folder));
  }

  /** The kept weights of a stage. */
  public Weights weights(Structure structure) {
    return WeightFiles.read(kept(structure), remedy(folder)).weights();
  }

  /** The weights of a stage's best epoch so far. */
  Weights bestWeights(Structure structure) {
    return WeightFiles.read(best(structure), remedy(folder)).weights();
  }

  /** Scores of every case, in training order of the parts. */
  public Scores scores() {
    return Json.read(folder.resolve(SCORES), Scores.class, remedy(folder));
  }

  /**
   * Reads every file.
   *
   * @throws org.maskmine.UserError where one is damaged, naming it
   */
  public void check() {
    for (Structure structure : recipe().structures()) {
      curve(structure);
      if (Files.exists(best(structure))) {
        bestWeights(structure);
      }
      if (info.finished()) {
        weights(structure);
      }
    }
    if (info.finished()) {
      scores();
    }
    SplitFile.read(folder);
    try (Stream<Path> masks = Files.list(folder.resolve(ERRORS))) {
      masks.filter(f -> !WholeFile.isUnfinished(f)).forEach(Nifti::readMask);
    } catch (NoSuchFileException e) {
      // Nothing was mined.
    } catch (IOException e) {
      throw new UserError(
          folder.resolve(ERRORS) + ": cannot be listed (" + DiskTrouble.words(e) + ")", e);
    }
  }

  /** What to do where a file of a run is damaged. */
  private static String remedy(Path folder) {
    return "delete(\"" + folder.getFileName() + "\") and train it again";
  }

  /** Writes a stage's weights to one of the run's files. */
  void write(Path file, Weights weights) {
    write(file, weights, Map.of());
  }

  void write(Path file, Weights weights, Map<String, String> metadata) {
    requireThere();
    WeightFiles.write(file, weights, metadata);
  }

  void write() {
    Json.write(folder.resolve(INFO), info);
  }

  /** A folder that vanished is not made anew, as if it held the run. */
  void requireThere() {
    if (!Files.exists(folder.resolve(INFO))) {
      throw new UserError(
          folder
              + ": this run's folder has vanished; put it back and run the cell again, which goes"
              + " on after its last epoch, or trains anew where nothing is left");
    }
  }

  void write(Scores scores) {
    requireThere();
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
