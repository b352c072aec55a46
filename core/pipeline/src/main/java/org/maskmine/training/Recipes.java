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
  /** Shares of the epochs after which the learning rate steps down. */
  private static final List<Double> STEPS = List.of(0.6, 0.85);

  private static final double L2 = 1e-5;

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
    boolean paper = preset == Preset.PAPER;
    return recipe(name, List.of(paper ? paper(heads) : demo(heads, new Patches(48, 1, 12), 15)));
  }

  private StageRecipe liver() {
    List<Head> heads = List.of(head(Structure.LIVER));
    boolean flat = dimensions == 2;
    return preset == Preset.PAPER
        ? paper(heads)
        : demo(heads, flat ? new Patches(64, 1, 12) : new Patches(64, 12, 2), 6);
  }

  private StageRecipe lesion() {
    List<Head> heads = List.of(head(Structure.LESION));
    boolean flat = dimensions == 2;
    return preset == Preset.PAPER
        ? paper(heads)
        : demo(heads, flat ? new Patches(40, 1, 12) : new Patches(40, 12, 4), flat ? 20 : 30);
  }

  private StageRecipe paper(List<Head> heads) {
    var patches = dimensions == 2 ? new Patches(256, 1, 12) : new Patches(128, 64, 2);
    var optimiser = new Optimiser(70, 1e-5, new Schedule(STEPS, 0.1), L2);
    return stage(heads, patches, optimiser, Augmentation.PAPER);
  }

  private StageRecipe demo(List<Head> heads, Patches patches, int epochs) {
    var optimiser = new Optimiser(epochs, 3e-3, new Schedule(STEPS, 0.2), L2);
    return stage(heads, patches, optimiser, Augmentation.FLIPS);
  }

  private static StageRecipe stage(
      List<Head> heads, Patches patches, Optimiser optimiser, Augmentation augmentation) {
    return new StageRecipe(
        heads, patches, optimiser, StageRecipe.Keep.BEST, 0, augmentation, Emphasis.NONE);
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
