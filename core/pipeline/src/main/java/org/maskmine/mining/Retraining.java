package org.maskmine.mining;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.maskmine.UserError;
import org.maskmine.data.Structure;
import org.maskmine.engine.Loss;
import org.maskmine.training.Emphasis;
import org.maskmine.training.Head;
import org.maskmine.training.Preset;
import org.maskmine.training.ReadOut;
import org.maskmine.training.Recipe;
import org.maskmine.training.Schedule;
import org.maskmine.training.StageRecipe;

/**
 * How a run is retrained.
 *
 * @param kind which loss on which targets
 * @param loss what each retrained head minimises; none for the base run's own
 * @param readOut how its logits become a mask; a liver's channel TP is always read from one half on
 * @param flat how long and how fast 2D networks are retrained
 * @param solid the same of 3D networks, whose epochs have fewer steps
 * @param keep which weights are kept
 * @param emphasis on mined errors beyond the loss, in a network with one head
 * @param joint the same where several heads are trained together, in the combined network
 * @param structures that are retrained; the others keep their network
 */
public record Retraining(
    Kind kind,
    @Nullable Loss loss,
    ReadOut readOut,
    Course flat,
    Course solid,
    StageRecipe.Keep keep,
    Emphasis emphasis,
    Emphasis joint,
    Set<Structure> structures) {
  /**
   * How long and how fast a network is retrained.
   *
   * @param epochs of retraining; far fewer than the base run's
   * @param learningRate of Adam, which starts anew
   */
  public record Course(int epochs, double learningRate) {}

  /** The rows of PAPER section 2.2, the control that decides whether they do anything, rivals. */
  public enum Kind {
    /** Multi-class soft Dice on the error classes; channel TP is the truth: recall. */
    DICE,
    /** Pixel-weighted cross-entropy on the four error classes: robustness. */
    PWCE,
    /** The base run's loss on the truth for as many epochs. */
    CONTROL,
    /** Rival: Tversky loss on the truth (Salehi et al. 2017). */
    TVERSKY,
    /** Rival: focal loss on the truth (Lin et al. 2017). */
    FOCAL,
    /** Rival: the base run's loss on the truth, half of the patches around mined errors. */
    SAMPLING;

    /** The name as it stands in tables and run ids. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * ε of the Dice score on error classes, smaller than the {@link Recipe#EPSILON} of other losses:
   * where an image lacks a class, its score leaps from 0 to 1 as soon as the class's probabilities
   * sum to less than ε. Within reach, that leap teaches silence (ours; docs/explanation.md).
   */
  private static final double DICE_EPSILON = 1e-9;

  private static final Schedule SCHEDULE = new Schedule(List.of(0.6, 0.85), 0.2);

  /** Copies the set; a study file of before has no emphasis for heads that train together. */
  public Retraining {
    structures = Set.copyOf(structures);
    joint = Objects.requireNonNullElse(joint, emphasis);
  }

  /**
   * A kind with its defaults: 9 epochs at 1e-3, of 3D networks 14 at 2e-3, every structure, the
   * last weights; in the combined network pwce counts FP twice (ours; docs/explanation.md).
   */
  public static Retraining of(Kind kind) {
    boolean sampled = kind == Kind.SAMPLING;
    return new Retraining(
        kind,
        loss(kind),
        readOut(kind),
        new Course(9, 1e-3),
        new Course(14, 2e-3),
        StageRecipe.Keep.LAST,
        new Emphasis(1, 1, sampled, false),
        new Emphasis(kind == Kind.PWCE ? 2 : 1, 1, sampled, false),
        Set.of(Structure.values()));
  }

  /**
   * A kind with the defaults of a preset: with the paper's 15 epochs at 1e-5, channel TP from one
   * half on, and no error class counted twice.
   */
  public static Retraining of(Kind kind, Preset preset) {
    Retraining demo = of(kind);
    if (preset != Preset.PAPER) {
      return demo;
    }
    Retraining paper = demo.epochs(15).learningRate(1e-5);
    return switch (kind) {
      case DICE -> paper.readOut(ReadOut.TP_CHANNEL);
      case PWCE -> paper.weights(1, 1);
      case CONTROL, TVERSKY, FOCAL, SAMPLING -> paper;
    };
  }

  private static @Nullable Loss loss(Kind kind) {
    return switch (kind) {
      case CONTROL, SAMPLING -> null;
      case DICE -> new Loss.SoftDice(Loss.Activation.SIGMOID, Loss.Reduction.IMAGE, DICE_EPSILON);
      case PWCE -> new Loss.PixelWeightedCrossEntropy(Recipe.WEIGHT_POWER);
      case TVERSKY -> new Loss.Tversky(0.3, 0.7, Recipe.EPSILON);
      case FOCAL -> new Loss.Focal(2);
    };
  }

  private static ReadOut readOut(Kind kind) {
    return switch (kind) {
      case DICE -> ReadOut.TP_CHANNEL_FROM_A_FIFTH;
      case PWCE -> ReadOut.FN_OR_TP;
      case CONTROL, SAMPLING, TVERSKY, FOCAL -> ReadOut.FOREGROUND;
    };
  }

  /** Whether it appends the error head. */
  public boolean usesErrorHead() {
    return readOut.classes() == 4;
  }

  /** The same with another loss and read-out, such as softmax instead of sigmoid. */
  public Retraining loss(Loss loss, ReadOut readOut) {
    return new Retraining(kind, loss, readOut, flat, solid, keep, emphasis, joint, structures);
  }

  private Retraining readOut(ReadOut other) {
    return new Retraining(kind, loss, other, flat, solid, keep, emphasis, joint, structures);
  }

  /**
   * The same with an error head that begins at random.
   *
   * @throws UserError where the kind has no error head
   */
  public Retraining fresh() {
    if (!usesErrorHead()) {
      throw new UserError(
          "fresh(): "
              + kind.label()
              + "() has no error head; leave it out, or take dice() or pwce()");
    }
    return eachEmphasis(e -> new Emphasis(e.fp(), e.fn(), e.sampled(), true));
  }

  /** The same with other epochs, for every network. */
  public Retraining epochs(int epochs) {
    return eachCourse(c -> new Course(epochs, c.learningRate()));
  }

  /** The same with another learning rate, for every network. */
  public Retraining learningRate(double rate) {
    return eachCourse(c -> new Course(c.epochs(), rate));
  }

  /** The same with what 2D and what 3D networks take changed, each by itself. */
  public Retraining eachCourse(UnaryOperator<Course> change) {
    return new Retraining(
        kind,
        loss,
        readOut,
        change.apply(flat),
        change.apply(solid),
        keep,
        emphasis,
        joint,
        structures);
  }

  /** The same with another rule for the kept weights. */
  public Retraining keep(StageRecipe.Keep keep) {
    return new Retraining(kind, loss, readOut, flat, solid, keep, emphasis, joint, structures);
  }

  /**
   * The same with factors on the error classes FP and FN.
   *
   * @param fp on voxels of class FP, above 0 and at most 1000
   * @param fn on voxels of class FN, above 0 and at most 1000
   * @throws UserError where the loss takes no weights or one is out of range
   */
  public Retraining weights(double fp, double fn) {
    if (kind != Kind.PWCE) {
      throw new UserError(
          kind.label()
              + "(): takes no weights on FP and FN; only pwce() does: pwce().weights(2, 1)");
    }
    return eachEmphasis(e -> new Emphasis(fp, fn, false, e.freshHead()));
  }

  private Retraining eachEmphasis(UnaryOperator<Emphasis> change) {
    return new Retraining(
        kind,
        loss,
        readOut,
        flat,
        solid,
        keep,
        change.apply(emphasis),
        change.apply(joint),
        structures);
  }

  /** The same for one structure alone. */
  public Retraining only(Structure structure) {
    return new Retraining(
        kind, loss, readOut, flat, solid, keep, emphasis, joint, Set.of(structure));
  }

  /** Whether a stage has a head that is retrained. */
  boolean touches(StageRecipe stage) {
    return structures.stream().anyMatch(stage::segments);
  }

  /**
   * A run's recipe as it is retrained: epochs, rate, schedule, kept weights and emphasis of every
   * stage that has a retrained head, and that head's loss and read-out; a further round of Dice
   * reads as the round before. The rest stays.
   */
  public Recipe apply(Recipe before) {
    return before.eachStage(s -> touches(s) ? apply(s) : s);
  }

  private StageRecipe apply(StageRecipe base) {
    Course course = base.network().dimensions() == 3 ? solid : flat;
    return base.epochs(course.epochs())
        .learningRate(course.learningRate())
        .schedule(SCHEDULE)
        .keep(keep)
        .patience(0)
        .emphasis(base.heads().size() > 1 ? joint : emphasis)
        .eachHead(h -> structures.contains(h.structure()) ? apply(h) : h);
  }

  private Head apply(Head head) {
    return loss == null ? head : head.loss(Objects.requireNonNull(loss), readOut(head));
  }

  /**
   * The lower threshold is for networks that miss much: a liver is found nearly whole. A further
   * round reads as the round before.
   */
  private ReadOut readOut(Head head) {
    if (!readOut.readsTpAlone()) {
      return readOut;
    }
    if (head.readOut().readsTpAlone()) {
      return head.readOut();
    }
    return head.structure() == Structure.LIVER ? ReadOut.TP_CHANNEL : readOut;
  }
}
