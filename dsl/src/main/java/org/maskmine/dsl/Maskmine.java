package org.maskmine.dsl;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.maskmine.UserError;
import org.maskmine.data.Case;
import org.maskmine.data.Dataset;
import org.maskmine.data.Datasets;
import org.maskmine.data.HuWindow;
import org.maskmine.data.Part;
import org.maskmine.data.Phantom.Difficulty;
import org.maskmine.data.ScanFile;
import org.maskmine.data.Source;
import org.maskmine.data.Standardisation;
import org.maskmine.data.Structure;
import org.maskmine.dsl.figure.ErrorColors;
import org.maskmine.dsl.figure.Plane;
import org.maskmine.dsl.figure.Zoom;
import org.maskmine.dsl.view.Given;
import org.maskmine.dsl.view.ProgressBar;
import org.maskmine.dsl.view.SaveOption;
import org.maskmine.dsl.view.Sheet;
import org.maskmine.engine.Device;
import org.maskmine.engine.Engine.Precision;
import org.maskmine.engine.Loss;
import org.maskmine.engine.OwnLoss;
import org.maskmine.mining.MinedErrors;
import org.maskmine.mining.Miner;
import org.maskmine.mining.Retrainer;
import org.maskmine.mining.Retraining;
import org.maskmine.mining.Retraining.Kind;
import org.maskmine.scoring.Convention;
import org.maskmine.training.PredictedScan;
import org.maskmine.training.Preset;
import org.maskmine.training.ReadOut;
import org.maskmine.training.Recipe;
import org.maskmine.training.Recipes;
import org.maskmine.training.RunStore;
import org.maskmine.training.StageRecipe;
import org.maskmine.training.StoredRun;
import org.maskmine.training.Tiles;
import org.maskmine.training.Trainer;
import org.maskmine.volume.Spacing;
import tech.tablesaw.api.BooleanColumn;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * The five verbs and their options, imported into every notebook.
 *
 * <pre>{@code
 * Data   ct     = load("phantom");
 * Run    base   = train(ct, cascade2d(), seed(1));
 * Errors errors = mine(base);
 * Run    recall = retrain(errors, dice());
 * compare(base, recall)
 * }</pre>
 */
public final class Maskmine {
  /** The whole liver, lesions included. */
  public static final Structure LIVER = Structure.LIVER;

  /** Lesions inside the liver. */
  public static final Structure LESION = Structure.LESION;

  /** Cases that the network learns from. */
  public static final Part TRAINING = Part.TRAINING;

  /** Cases that choose the best weights. */
  public static final Part VALIDATION = Part.VALIDATION;

  /** Cases held out. */
  public static final Part TEST = Part.TEST;

  /** Scores as the LiTS challenge counts them: {@code run.scoring(LITS)}. */
  public static final Convention LITS = Convention.LITS;

  /** The fastest engine that runs here. */
  public static final EngineOption.Name AUTO = EngineOption.Name.AUTO;

  /** The engine on libtorch. */
  public static final EngineOption.Name TORCH = EngineOption.Name.TORCH;

  /** The engine on Deeplearning4j. */
  public static final EngineOption.Name DL4J = EngineOption.Name.DL4J;

  /** Pictures cut across the body, the default. */
  public static final Plane AXIAL = Plane.AXIAL;

  /** Pictures cut from the front. */
  public static final Plane CORONAL = Plane.CORONAL;

  /** Pictures cut from the side. */
  public static final Plane SAGITTAL = Plane.SAGITTAL;

  /** Feature maps in 32-bit floating point. */
  public static final Precision FP32 = Precision.FP32;

  /**
   * Feature maps in bfloat16: half the memory, half the digits, faster where the processor has it.
   */
  public static final Precision BF16 = Precision.BF16;

  /** Lesions of strong contrast, little noise. */
  public static final Difficulty EASY = Difficulty.EASY;

  /** Lesions as in most livers. */
  public static final Difficulty NORMAL = Difficulty.NORMAL;

  /** Lesions of faint contrast, more noise. */
  public static final Difficulty HARD = Difficulty.HARD;

  private static final String LIVER_OR_LESION = "take LIVER or LESION";

  private Maskmine() {}

  /**
   * Loads CT volumes: {@code "phantom"}, the embedded example; a folder in the layout of LiTS
   * ({@code volume-N.nii.gz} with {@code segmentation-N.nii.gz}), of the Medical Segmentation
   * Decathlon or of nnU-Net ({@code dataset.json}); a folder of DICOM slices; or one {@code
   * .nii.gz} file. Labels are 0 background, 1 liver, 2 lesion, or what {@code dataset.json} or
   * {@link #labels(Labels.Values...)} say. Cases that are not sound are left out and listed by
   * {@link Data#problems}.
   *
   * @param what {@code "phantom"}, a folder or a file
   * @param options for files {@link #labels(Labels.Values...)}, {@link #labels(String)}, {@link
   *     #split(double, double)} and {@link #seed}, which draws another split; for the phantom
   *     {@link #cases(int, int, int)}, {@link #size(int, int)}, {@link #difficulty}, {@link #shift}
   *     and {@link #seed}, which draws other patients; for both {@link #spacing}, which resamples
   *     every case
   * @throws UserError where there is nothing that can be used
   */
  public static Data load(String what, LoadOption... options) {
    Given.needed(what, "load(what)", "name a folder, or load(\"phantom\")");
    return load(List.of(what), options);
  }

  /** Loads one data set from several folders, such as the batches of LiTS. */
  public static Data load(List<String> folders, LoadOption... options) {
    Given.needed(folders, "load(folders)", "name a folder, or load(\"phantom\")")
        .forEach(f -> Given.needed(f, "load(folders)", "name every folder"));
    try (var progress = new ProgressBar()) {
      return new Data(
          new Loading(folders, Given.needed(options, "load(…)", "leave options out"))
              .open(progress));
    }
  }

  /**
   * Trains a pipeline on the training cases and keeps the best validation weights (PAPER section 1,
   * step 1). The run lies on disk from its first epoch on: the same call again returns it at once,
   * and goes on where it was stopped.
   *
   * @param options a pipeline such as {@link #cascade2d}, and {@link #paper}, {@link #epochs},
   *     {@link #seed}, {@link #rate}, {@link #engine}, {@link #device}, {@link #precision}, {@link
   *     #window}, {@link #zScore}, {@link #loss}, {@link #again}
   * @throws UserError where the options or the data do not fit
   */
  public static Run train(Data data, TrainOption... options) {
    Dataset dataset = Data.required(data, "train").dataset();
    Recipe wanted = wanted(dataset, options);
    try (var progress = new LiveTraining()) {
      StoredRun run = new Trainer(dataset, store(options)).train(wanted, progress);
      progress.finish();
      return new Run(run, dataset, !progress.worked());
    }
  }

  /** The recipe that the options of {@link #train} come to. */
  static Recipe wanted(Dataset dataset, TrainOption... options) {
    Preset preset =
        Option.find(options, PresetOption.class).map(PresetOption::preset).orElse(Preset.DEMO);
    Recipe recipe =
        Option.find(options, Pipeline.class)
            .map(p -> p.recipe(preset))
            .orElseThrow(
                () ->
                    new UserError(
                        "train(data): no pipeline given; add one: train(data, cascade2d())"));
    Optional<Epochs> epochs = Option.find(options, Epochs.class);
    Optional<Rate> rate = Option.find(options, Rate.class);
    Optional<Seed> seed = Option.find(options, Seed.class);
    Optional<EngineOption> engine = Option.find(options, EngineOption.class);
    Optional<DeviceOption> device = Option.find(options, DeviceOption.class);
    Optional<PrecisionOption> precision = Option.find(options, PrecisionOption.class);
    Optional<OwnLossOption> loss = Option.find(options, OwnLossOption.class);
    return recipe
        .precision(precision.map(PrecisionOption::precision).orElse(recipe.precision()))
        .window(window(dataset, recipe, options))
        .seed(seed.map(Seed::value).orElse(0L))
        .engine(engine.map(e -> e.name().name().toLowerCase(java.util.Locale.ROOT)).orElse("auto"))
        .device(device.map(DeviceOption::name).orElse(Device.AUTO))
        .eachStage(
            s ->
                s.epochs(Size.current().epochs(epochs.map(e -> of(e, s)).orElse(s.epochs())))
                    .learningRate(rate.map(Rate::value).orElse(s.learningRate()))
                    .eachHead(
                        h ->
                            h.loss(
                                loss.<Loss>map(OwnLossOption::loss).orElse(h.loss()),
                                h.readOut())));
  }

  private static RunStore store(Option[] options) {
    RunStore store = Home.runs();
    return Option.find(options, Again.class).isPresent() ? store.anew() : store;
  }

  private static HuWindow window(Dataset data, Recipe recipe, TrainOption[] options) {
    HuWindow window = Option.find(options, Window.class).map(Window::hu).orElse(recipe.window());
    return Option.find(options, ZScore.class).isEmpty()
        ? window
        : Standardisation.of(window, data.of(Part.TRAINING));
  }

  /** The lesion network is trained as long as asked; the liver network learns faster. */
  private static int of(Epochs epochs, StageRecipe stage) {
    return stage.structure() == LESION ? epochs.count() : Math.min(epochs.count(), stage.epochs());
  }

  /**
   * Mines a run's own errors: one pass over its training cases, compared with the truth voxel by
   * voxel into true negatives, false positives, false negatives and true positives (PAPER section
   * 1, step 2). The masks lie as NIfTI files beside the run.
   *
   * @param options {@link #also} mines validation and test cases too
   */
  public static Errors mine(Run run, MineOption... options) {
    Given.needed(run, "mine(run)", "train one first: mine(train(data, …))");
    var parts = EnumSet.of(Part.TRAINING);
    Option.find(options, Also.class).ifPresent(also -> parts.addAll(also.parts()));
    try (var progress = new ProgressBar()) {
      MinedErrors mined = Miner.mine(run.stored(), run.dataset(), Home.runs(), parts, progress);
      progress.finish();
      return new Errors(mined);
    }
  }

  /**
   * Retrains a run on its errors: appends the four-class error head, keeps every trained weight,
   * and trains a few epochs (PAPER section 1, steps 3 and 4).
   *
   * @param options {@link #dice}, {@link #pwce} or {@link #control}, and {@link #epochs}, {@link
   *     #rate}, {@link #only}, {@link #rounds}, {@link #keepBest}, {@link #again}
   * @throws UserError where the options do not fit
   */
  public static Run retrain(Errors errors, RetrainOption... options) {
    Given.needed(errors, "retrain(errors, …)", "mine them first: mine(run)");
    RetrainLoss loss =
        Option.find(options, RetrainLoss.class)
            .orElseThrow(
                () ->
                    new UserError(
                        "retrain(errors): no loss given; add dice(), pwce() or control()"));
    Retraining retraining = planned(loss, errors.mined().run().recipe().preset(), options);
    try (var progress = new LiveTraining()) {
      StoredRun run =
          Retrainer.retrain(
              errors.mined().in(store(options)), retraining, rounds(options), progress);
      progress.finish();
      return new Run(run, errors.mined().data(), !progress.worked());
    }
  }

  /** A loss with the other options of {@link #retrain}, for runs of a preset. */
  static Retraining planned(RetrainLoss loss, Preset preset, RetrainOption[] options) {
    Optional<Epochs> epochs = Option.find(options, Epochs.class);
    Optional<Rate> rate = Option.find(options, Rate.class);
    Retraining retraining =
        loss.retraining(preset)
            .eachCourse(
                usual ->
                    new Retraining.Course(
                        Size.current().epochs(epochs.map(Epochs::count).orElse(usual.epochs())),
                        rate.map(Rate::value).orElse(usual.learningRate())));
    if (Option.find(options, KeepBest.class).isPresent()) {
      retraining = retraining.keep(StageRecipe.Keep.BEST);
    }
    Optional<Only> only = Option.find(options, Only.class);
    return only.isPresent() ? retraining.only(only.get().structure()) : retraining;
  }

  /** How often {@link #retrain} mines and retrains. */
  static int rounds(RetrainOption[] options) {
    return Option.find(options, Rounds.class).map(Rounds::count).orElse(1);
  }

  /**
   * Compares runs on the same data: a table of Dice, FP, FN and TP, and the bars of the paper's
   * Fig. 4. One run alone shows its scores.
   *
   * @throws UserError where the runs were trained on different data
   */
  public static Comparison compare(Run... runs) {
    return Comparison.of(
        Arrays.asList(Given.needed(runs, "compare(…)", "give runs that were trained")));
  }

  /**
   * Predicts liver and lesions of one scan: the liver's largest component first, then lesions
   * inside it.
   *
   * @param scan a NIfTI file
   * @param options {@link #mirrored}, {@link #tiles}
   * @throws UserError where the file cannot be read or the options do not fit
   */
  public static Prediction predict(Run run, String scan, PredictOption... options) {
    Tiles tiles = tiles(run, options);
    Given.needed(scan, "predict(run, scan)", "name a NIfTI file: predict(run, \"ct.nii.gz\")");
    return predict(
        run, ScanFile.read(Path.of(scan), run.stored().info().data().source().spacing()), tiles);
  }

  /**
   * Predicts scans of a data set, such as {@code ct.test()}: one when asked, or all of them into a
   * folder.
   *
   * @param options {@link #mirrored}, {@link #tiles}
   * @throws UserError where the options do not fit
   */
  public static Predictions predict(Run run, Scans scans, PredictOption... options) {
    Given.needed(scans, "predict(run, scans)", "try predict(run, ct.test())");
    return new Predictions(run, scans, tiles(run, options));
  }

  static Prediction predict(Run run, Case scan, Tiles tiles) {
    try (var progress = new ProgressBar()) {
      PredictedScan predicted = PredictedScan.of(run.stored(), scan, tiles, progress);
      progress.finish();
      return new Prediction(run.id(), predicted);
    }
  }

  private static Tiles tiles(Run run, PredictOption[] options) {
    Given.needed(run, "predict(run, …)", "train one first");
    return new Tiles(
        Option.find(options, TileSide.class).map(TileSide::voxels).orElse(Tiles.WHOLE),
        Option.find(options, Mirrored.class).isPresent());
  }

  /** Prepared cases on the disk: how large they are, and one call that deletes them. */
  public static Cache cache() {
    return new Cache(Home.runs().cache());
  }

  /**
   * Trains every pipeline from every seed, mines the errors of each run and retrains it with every
   * loss, as soon as a result is asked for: when a cell shows the study, or one of its tables. The
   * runs lie in the store: the same study again, after a kill as well, finds the finished ones and
   * goes on with the others.
   *
   * @param options {@link #pipelines}, {@link #losses}, {@link #seeds}, and {@link #paper}, {@link
   *     #epochs} of the base runs, {@link #only}, {@link #retraining}, {@link #engine}
   * @throws UserError where the options or the data do not fit
   */
  public static Study study(Data data, StudyOption... options) {
    return Study.of(Data.required(data, "study"), options);
  }

  /**
   * Apache Spark, for {@link Study#on}.
   *
   * @param master {@code "local[2]"} for two trainings at once on this machine, {@code
   *     "spark://host:7077"}, {@code "yarn"}
   * @throws UserError where it is no master
   */
  public static Spark spark(String master) {
    return new Spark(Given.needed(master, "spark(master)", "try spark(\"local[2]\")"), Map.of());
  }

  /** The pipelines of a study. */
  public static Pipelines pipelines(Pipeline... pipelines) {
    return new Pipelines(Given.each(pipelines, "pipelines(…)"));
  }

  /** The losses that every run of a study is retrained with. */
  public static Losses losses(RetrainLoss... losses) {
    return new Losses(Given.each(losses, "losses(…)"));
  }

  /**
   * How every run of a study is retrained, such as {@code retraining(epochs(6), rate(3e-4))}.
   *
   * @param options of {@link #retrain}, without the loss
   */
  public static RetrainingOptions retraining(RetrainOption... options) {
    Given.each(options, "retraining(…)");
    return new RetrainingOptions(List.of(options));
  }

  /** The seeds of a study; the paper has three. */
  public static Seeds seeds(long... seeds) {
    return new Seeds(
        Arrays.stream(Given.needed(seeds, "seeds(…)", "try seeds(1, 2, 3)")).boxed().toList());
  }

  /**
   * Every run in the store, the newest first. Damaged ones stand last, with what is wrong and what
   * to do.
   */
  public static Table runs() {
    var id = StringColumn.create("run");
    var parent = StringColumn.create("retrained from");
    var data = StringColumn.create("data");
    var started = StringColumn.create("started");
    var seconds = DoubleColumn.create("seconds");
    var finished = BooleanColumn.create("finished");
    var problem = StringColumn.create("problem");
    RunStore.Listing all = Home.runs().list();
    for (StoredRun run : all.runs()) {
      var info = run.info();
      id.append(info.id());
      parent.append(info.parent() == null ? "" : info.parent());
      data.append(info.data().name());
      started.append(info.made().started());
      seconds.append(info.seconds());
      finished.append(info.finished());
      problem.append("");
    }
    all.damaged()
        .forEach(
            (name, sentence) -> {
              id.append(name);
              parent.append("");
              data.append("");
              started.append("");
              seconds.appendMissing();
              finished.appendMissing();
              problem.append(sentence);
            });
    Table table = Table.create("runs", id, parent, data, started, seconds, finished);
    return all.damaged().isEmpty() ? table : table.addColumns(problem);
  }

  /**
   * A run from the store, with the data it was trained on.
   *
   * @param id as {@link #runs} shows it
   * @throws UserError where there is no such run, or its data has changed
   */
  public static Run run(String id) {
    Source source = stored(id).info().data().source();
    try (var progress = new ProgressBar()) {
      return run(id, new Data(Datasets.open(source, Home.known(), progress)));
    }
  }

  /**
   * A run from the store with its data at hand, such as one that was trained elsewhere.
   *
   * @throws UserError where there is no such run, or it was trained on other data
   */
  public static Run run(String id, Data data) {
    Data.required(data, "run");
    StoredRun stored = stored(id);
    var trainedOn = stored.info().data();
    if (!trainedOn.fingerprint().equals(data.dataset().fingerprint())) {
      throw new UserError(
          "run \""
              + id
              + "\": was trained on "
              + trainedOn.name()
              + " as it was then, which "
              + data.dataset().name()
              + " is not; load the same data: run(\""
              + id
              + "\", data)");
    }
    return new Run(stored, data.dataset(), true);
  }

  private static StoredRun stored(String id) {
    Given.needed(id, "run(id)", "take one that runs() shows: run(\"base-7f3a21\")");
    StoredRun stored = Home.runs().run(id);
    if (!stored.info().finished()) {
      throw new UserError(
          "run \"" + id + "\": is not finished; the cell that trained it goes on where it stopped");
    }
    return stored;
  }

  /**
   * Deletes a run from the store, with its weights, scores and errors.
   *
   * @throws UserError where there is no such run
   */
  public static void delete(String id) {
    Home.runs().delete(Given.needed(id, "delete(id)", "take one that runs() shows"));
  }

  /**
   * Writes a run into one zip file, to carry it elsewhere: weights, curves, scores and errors, not
   * the data.
   *
   * @param file such as {@code "base.zip"}
   * @return the file
   */
  public static Path export(Run run, String file) {
    Given.needed(run, "export(run, …)", "train one first");
    Path zip =
        Path.of(Given.needed(file, "export(run, file)", "name one: export(run, \"base.zip\")"));
    Home.runs().export(run.id(), zip);
    return zip;
  }

  /**
   * Takes a run over that {@link #export} wrote, and opens it on the same data.
   *
   * @param file such as {@code "base.zip"}
   * @throws UserError where the file holds anything else, or the store already has the run
   */
  public static Run importRun(String file, Data data) {
    Given.needed(file, "importRun(file, data)", "name one: importRun(\"base.zip\", data)");
    Data.required(data, "importRun");
    return run(Home.runs().importFrom(Path.of(file)).id(), data);
  }

  /** Cascaded 2D: a liver network, then a lesion network inside the liver (PAPER section 2). */
  public static Pipeline cascade2d() {
    return new Pipeline("cascade2d", Recipes::cascade2d);
  }

  /** Cascaded 3D: the same with 3D networks. */
  public static Pipeline cascade3d() {
    return new Pipeline("cascade3d", Recipes::cascade3d);
  }

  /**
   * Combined cascaded 2D: one network of two, trained together; the lesion part sees the image and
   * the liver part's probability.
   */
  public static Pipeline combined2d() {
    return new Pipeline("combined2d", Recipes::combined2d);
  }

  /** One 2D network for {@link #LIVER}, or for {@link #LESION} inside the true liver. */
  public static Pipeline unet2d(Structure structure) {
    Given.needed(structure, "unet2d(structure)", LIVER_OR_LESION);
    return new Pipeline("unet2d", preset -> Recipes.unet2d(structure, preset));
  }

  /** One 3D network for {@link #LIVER}, or for {@link #LESION} inside the true liver. */
  public static Pipeline unet3d(Structure structure) {
    Given.needed(structure, "unet3d(structure)", LIVER_OR_LESION);
    return new Pipeline("unet3d", preset -> Recipes.unet3d(structure, preset));
  }

  /** The paper's settings, for LiTS on a GPU; {@code run.recipe()} names each one's source. */
  public static PresetOption paper() {
    return new PresetOption(Preset.PAPER);
  }

  /** Settings for the phantom on two processor cores, which is what {@code train} takes anyway. */
  public static PresetOption demo() {
    return new PresetOption(Preset.DEMO);
  }

  /**
   * Mines its own result and retrains again, so many times: each round is a run of its own, see
   * {@code run.rounds()}. Give the control as many.
   */
  public static Rounds rounds(int count) {
    return new Rounds(count);
  }

  /** Keeps the best validation weights of a retraining instead of the last. */
  public static KeepBest keepBest() {
    return new KeepBest();
  }

  /** Rival: retrain with Tversky loss on the truth (α for FP, β for FN), without error masks. */
  public static RetrainLoss tversky(double alpha, double beta) {
    var loss = new Loss.Tversky(alpha, beta, Recipe.EPSILON);
    return new RetrainLoss(Kind.TVERSKY, r -> r.loss(loss, ReadOut.FOREGROUND));
  }

  /** Rival: retrain with focal loss on the truth, without error masks. */
  public static RetrainLoss focal(double gamma) {
    var loss = new Loss.Focal(gamma);
    return new RetrainLoss(Kind.FOCAL, r -> r.loss(loss, ReadOut.FOREGROUND));
  }

  /** Rival: train on with the old loss, half of the patches drawn around mined errors. */
  public static RetrainLoss errorSampling() {
    return new RetrainLoss(Kind.SAMPLING);
  }

  /**
   * How many epochs the lesion network is trained, or each network is retrained. In {@code train}
   * the liver network takes as many, but at most those of its preset.
   */
  public static Epochs epochs(int count) {
    return new Epochs(count);
  }

  /** Where every random stream begins: the same seed gives the same run, bit for bit. */
  public static Seed seed(long value) {
    return new Seed(value);
  }

  /**
   * What label values mean: {@code labels(liver(5), lesion(6, 7))}; all others are background. The
   * liver is its own values and those of its lesions.
   */
  public static Labels labels(Labels.Values... named) {
    return new Labels(Given.each(named, "labels(…)"));
  }

  /** The label file of one scan: {@code load("scan.nii.gz", labels("mask.nii.gz"))}. */
  public static LabelFile labels(String file) {
    return new LabelFile(file);
  }

  /** Values that mean liver in a label file. */
  public static Labels.Values liver(int... values) {
    return Labels.Values.of(LIVER, values);
  }

  /** Values that mean lesion in a label file. */
  public static Labels.Values lesion(int... values) {
    return Labels.Values.of(LESION, values);
  }

  /** The share of the labelled cases that validates; the others train. */
  public static Shares split(double validation) {
    return new Shares(validation, 0);
  }

  /** Shares of the labelled cases that validate, and that are held out as a test set. */
  public static Shares split(double validation, double test) {
    return new Shares(validation, test);
  }

  /** How many cases of the phantom train, validate and test. */
  public static PhantomOption cases(int training, int validation, int test) {
    return new PhantomOption.Cases(training, validation, test);
  }

  /** Voxels of the phantom's volumes: along x and along y, and slices. */
  public static PhantomOption size(int side, int slices) {
    return new PhantomOption.Voxels(side, slices);
  }

  /** How hard the phantom's lesions are to see: {@link #EASY}, {@link #NORMAL} or {@link #HARD}. */
  public static PhantomOption difficulty(Difficulty difficulty) {
    return new PhantomOption.Hardness(difficulty);
  }

  /** How far the phantom's test cases differ from the others: 0, not at all, to 1, site T. */
  public static PhantomOption shift(double share) {
    return new PhantomOption.Shift(share);
  }

  /** Adam's learning rate before its steps down. */
  public static Rate rate(double value) {
    return new Rate(value);
  }

  /** Train anew although the store holds the same run already; the new one takes its place. */
  public static Again again() {
    return new Again();
  }

  /**
   * The Hounsfield units that networks see: everything below is as {@code low}, everything above as
   * {@code high}.
   */
  public static Window window(double low, double high) {
    return new Window(new HuWindow(low, high));
  }

  /**
   * After the window, images less the mean and by the deviation of the liver in the training cases.
   */
  public static ZScore zScore() {
    return new ZScore();
  }

  /**
   * Resample every case to this voxel spacing in millimetres: images linear, labels nearest. Scores
   * are then counted in these voxels; {@code predict} returns to the scan's own.
   */
  public static Resampled spacing(double xMm, double yMm, double zMm) {
    return new Resampled(new Spacing(xMm, yMm, zMm));
  }

  /** What computes: {@link #AUTO}, {@link #TORCH} or {@link #DL4J}. */
  public static EngineOption engine(EngineOption.Name name) {
    return new EngineOption(name);
  }

  /**
   * Where to compute: {@code "cpu"}, {@code "gpu"}, the first usable card, or {@code "gpu:1"}.
   * Without it a usable card is taken; {@link #devices} shows what there is.
   *
   * @throws UserError where it is no device's name
   */
  public static DeviceOption device(String name) {
    Given.needed(name, "device(name)", "see devices()");
    Device.check(name);
    return new DeviceOption(name);
  }

  /** Each engine on each device of this machine: what it is, or why it cannot be used. */
  public static Table devices() {
    return DevicesTable.here();
  }

  /** Number format of feature maps: {@link #FP32} or {@link #BF16}. */
  public static PrecisionOption precision(Precision precision) {
    return new PrecisionOption(precision);
  }

  /**
   * Trains with a loss of your own, a Java function from logits and targets to value and gradient:
   *
   * <pre>{@code
   * loss("squares", (z, images, target) -> {
   *   float[] gradient = new float[z.length];      // z is [image, class, pixel]
   *   double value = 0;
   *   for (int i = 0; i < z.length; i++) {
   *     value += 0.5 * z[i] * z[i];
   *     gradient[i] = z[i];
   *   }
   *   return lossValue(value, gradient);
   * })
   * }</pre>
   *
   * <p>The gradient is held against differences of the value when the loss is first used.
   *
   * @param name under which the run is stored
   */
  public static OwnLossOption loss(String name, OwnLoss.Function function) {
    Given.needed(name, "loss(name, …)", "name it: loss(\"mine\", …)");
    Given.needed(function, "loss(name, function)", "give a function, see ?loss");
    return new OwnLossOption(new OwnLoss(name, function));
  }

  /**
   * What a {@link #loss} of your own gives.
   *
   * @param gradient derivative of the value by each logit [image, class, pixel]
   */
  public static OwnLoss.Result lossValue(double value, float[] gradient) {
    Given.needed(gradient, "lossValue(value, gradient)", "give a number per logit");
    return new OwnLoss.Result(value, gradient);
  }

  /**
   * Retrain with soft Dice on the error classes: recall, fewer false negatives expected. A voxel is
   * lesion where p(TP) is above one fifth, and liver where it is above one half; with {@link
   * #paper} above one half for both.
   */
  public static RetrainLoss dice() {
    return new RetrainLoss(Kind.DICE);
  }

  /**
   * Retrain with pixel-weighted cross-entropy on the error classes: robustness, fewer false
   * positives expected. In the combined network FP counts twice, unless with {@link #paper}.
   */
  public static RetrainLoss pwce() {
    return new RetrainLoss(Kind.PWCE);
  }

  /** Train on with the old loss for as many epochs: what mining has to beat. */
  public static RetrainLoss control() {
    return new RetrainLoss(Kind.CONTROL);
  }

  /**
   * Several slices of one picture, both ends included: {@code errors.strip("volume-3", slices(4,
   * 8))}.
   */
  public static SliceRange slices(int first, int last) {
    return new SliceRange(first, last);
  }

  /** Cuts pictures to {@link #LIVER}, the default, or to {@link #LESION}. */
  public static Zoom zoom(Structure structure) {
    return new Zoom(structure);
  }

  /** Colours of false negatives, false positives, true negatives and true positives, 0xRRGGBB. */
  public static ErrorColors errorColors(int fn, int fp, int tn, int tp) {
    return new ErrorColors(fn, fp, tn, tp);
  }

  /**
   * Writes any table: {@code .csv}, {@code .md}, {@code .tex} (booktabs) or {@code .xlsx}.
   *
   * @return where it lies now
   * @throws UserError for another ending, or where the file cannot be written
   */
  public static Path save(Table table, String file) {
    Given.needed(table, "save(table, …)", "give a table, such as runs()");
    return Sheet.of(table)
        .save(Given.needed(file, "save(table, file)", "name one: save(table, \"runs.csv\")"));
  }

  /** How wide a saved figure is on paper: {@code figure.save("fig4.pdf", width(mm(85)))}. */
  public static SaveOption.Width width(SaveOption.Length length) {
    Given.needed(length, "width(length)", "give one: width(mm(85))");
    return new SaveOption.Width(length);
  }

  /** A length on paper in millimetres. */
  public static SaveOption.Length mm(double millimetres) {
    return new SaveOption.Length(millimetres);
  }

  /** Pixels per inch of a figure saved as PNG. */
  public static SaveOption.Dpi dpi(int perInch) {
    return new SaveOption.Dpi(perInch);
  }

  /** Mine these cases too, besides those of training: {@link #VALIDATION}, {@link #TEST}. */
  public static Also also(Part... parts) {
    return new Also(Set.copyOf(Given.each(parts, "also(…)")));
  }

  /** Retrain one network alone: {@link #LIVER} or {@link #LESION}. */
  public static Only only(Structure structure) {
    return new Only(structure);
  }

  /** Predict every tile mirrored as well, and average: four times as long, a little better. */
  public static Mirrored mirrored() {
    return new Mirrored();
  }

  /**
   * Predict 2D slices in overlapping tiles of this width and height, blended; whole slices if left
   * out. 3D networks always see tiles of their training patch's size.
   */
  public static TileSide tiles(int voxels) {
    return new TileSide(voxels);
  }
}
