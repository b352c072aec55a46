package org.maskmine.training;

import java.util.List;
import org.maskmine.data.Augmentation;
import org.maskmine.data.HuWindow;
import org.maskmine.data.Structure;
import org.maskmine.engine.Device;
import org.maskmine.engine.Engine.Precision;
import org.maskmine.engine.Engines;
import org.maskmine.engine.Loss;
import org.maskmine.network.Connectivity;
import org.maskmine.network.Norm;
import org.maskmine.network.UNet;

/** The paper's pipelines (PAPER section 3.1, Fig. 3A and B) at both sizes. */
public final class Recipes {
  private final Preset preset;
  private final int dimensions;

  private Recipes(Preset preset, int dimensions) {
    this.preset = preset;
    this.dimensions = dimensions;
  }

  /** Two 2D networks trained one after the other: the liver, then lesions inside it. */
  public static Recipe cascade2d(Preset preset) {
    return new Recipes(preset, 2).cascade("cascade2d");
  }

  /** Two 3D networks trained one after the other: the liver, then lesions inside it. */
  public static Recipe cascade3d(Preset preset) {
    return new Recipes(preset, 3).cascade("cascade3d");
  }

  /** One network of two: the second sees the image and the first one's liver probability. */
  public static Recipe combined2d(Preset preset) {
    return new Recipes(preset, 2).combined("combined2d");
  }

  /** One 2D network: the liver, or lesions inside the true liver. */
  public static Recipe unet2d(Structure structure, Preset preset) {
    return new Recipes(preset, 2).single("unet2d", structure);
  }

  /** One 3D network: the liver, or lesions inside the true liver. */
  public static Recipe unet3d(Structure structure, Preset preset) {
    return new Recipes(preset, 3).single("unet3d", structure);
  }

  private Recipe cascade(String name) {
    return recipe(name, List.of(liver(), lesion()));
  }

  private Recipe single(String name, Structure structure) {
    return recipe(name, List.of(structure == Structure.LIVER ? liver() : lesion()));
  }

  private Recipe combined(String name) {
    List<Head> heads = List.of(head(Structure.LIVER), head(Structure.LESION));
    return recipe(
        name,
        List.of(
            preset == Preset.PAPER
                ? stage(heads, 256, 1, 12, 70, 1e-5)
                : stage(heads, 48, 1, 12, 15, 3e-3)));
  }

  private StageRecipe liver() {
    List<Head> heads = List.of(head(Structure.LIVER));
    if (preset == Preset.PAPER) {
      return paper(heads);
    }
    return dimensions == 2 ? stage(heads, 64, 1, 12, 6, 3e-3) : stage(heads, 64, 12, 2, 6, 3e-3);
  }

  private StageRecipe lesion() {
    List<Head> heads = List.of(head(Structure.LESION));
    if (preset == Preset.PAPER) {
      return paper(heads);
    }
    return dimensions == 2 ? stage(heads, 40, 1, 12, 20, 3e-3) : stage(heads, 40, 12, 4, 30, 3e-3);
  }

  private StageRecipe paper(List<Head> heads) {
    return dimensions == 2
        ? stage(heads, 256, 1, 12, 70, 1e-5)
        : stage(heads, 128, 64, 2, 70, 1e-5);
  }

  private StageRecipe stage(
      List<Head> heads, int crop, int depth, int batch, int epochs, double rate) {
    return new StageRecipe(
        heads,
        crop,
        depth,
        batch,
        epochs,
        rate,
        new Schedule(List.of(0.6, 0.85), preset == Preset.PAPER ? 0.1 : 0.2),
        1e-5,
        StageRecipe.Keep.BEST,
        0,
        preset == Preset.PAPER ? Augmentation.PAPER : Augmentation.FLIPS,
        Emphasis.NONE);
  }

  private Head head(Structure structure) {
    Loss loss =
        structure == Structure.LIVER
            ? new Loss.PixelWeightedCrossEntropy(Recipe.WEIGHT_POWER)
            : new Loss.Combined(Recipe.WEIGHT_POWER, Recipe.EPSILON);
    return new Head(structure, network(structure), loss, ReadOut.FOREGROUND);
  }

  private UNet network(Structure structure) {
    UNet paper = dimensions == 2 ? UNet.twoD() : UNet.threeD();
    int base = dimensions == 2 && structure == Structure.LESION ? 8 : 4;
    return preset == Preset.PAPER
        ? paper
        : paper
            .base(base)
            .levels(3)
            .blocks(Connectivity.BASIC)
            .squeezeExcitation(false)
            .norm(dimensions == 2 ? Norm.BATCH : Norm.GROUP);
  }

  private Recipe recipe(String name, List<StageRecipe> stages) {
    return new Recipe(
        name,
        preset,
        new HuWindow(-100, preset == Preset.PAPER ? 600 : 400),
        stages,
        false,
        0,
        Engines.AUTO,
        Precision.AUTO,
        Device.AUTO);
  }
}
