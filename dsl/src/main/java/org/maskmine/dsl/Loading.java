package org.maskmine.dsl;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.maskmine.Progress;
import org.maskmine.UserError;
import org.maskmine.data.Dataset;
import org.maskmine.data.Datasets;
import org.maskmine.data.Phantom;
import org.maskmine.data.Source;
import org.maskmine.data.SplitRule;
import org.maskmine.volume.Spacing;

/** From the words of {@code load} to a data set. */
final class Loading {
  private static final String PHANTOM = "phantom";

  private final List<String> what;
  private final LoadOption[] options;

  Loading(List<String> what, LoadOption... options) {
    this.what = what;
    this.options = options;
  }

  Dataset open(Progress progress) {
    if (what.isEmpty()) {
      throw new UserError("load(…): names nothing; give a folder, or \"phantom\"");
    }
    return what.equals(List.of(PHANTOM)) ? phantom(progress) : folders(progress);
  }

  private Optional<Long> seed() {
    return Option.find(options, Seed.class).map(Seed::value);
  }

  private Dataset phantom(Progress progress) {
    Phantom.Options phantom = Size.current().phantom(seed().orElse(0L));
    for (Class<? extends PhantomOption> kind :
        List.of(
            PhantomOption.Cases.class,
            PhantomOption.Voxels.class,
            PhantomOption.Hardness.class,
            PhantomOption.Shift.class)) {
      Optional<? extends PhantomOption> option = Option.find(options, kind);
      phantom = option.isPresent() ? option.get().applied(phantom) : phantom;
    }
    refuse(
        o -> o instanceof Labels || o instanceof LabelFile || o instanceof Shares,
        "the phantom has its own labels and split");
    Dataset drawn = Datasets.phantom(Home.phantoms(), Size.current().limited(phantom), progress);
    return spacing().isEmpty()
        ? drawn
        : Datasets.open(resampled(drawn.source()), Home.known(), progress);
  }

  private Dataset folders(Progress progress) {
    refuse(o -> o instanceof PhantomOption, "is for the phantom alone, which is drawn");
    Source source = Source.of(path(what.get(0))).named(String.join(", ", what));
    for (String more : what.subList(1, what.size())) {
      source = source.and(path(more));
    }
    Optional<Labels> labels = Option.find(options, Labels.class);
    Optional<LabelFile> labelFile = Option.find(options, LabelFile.class);
    source = labels.isPresent() ? source.labels(labels.get().map()) : source;
    source = labelFile.isPresent() ? source.labelFile(path(labelFile.get().file())) : source;
    Optional<SplitRule> split = split();
    source = split.isPresent() ? source.split(split.get()) : source;
    return Datasets.open(resampled(source), Home.known(), progress);
  }

  private Optional<Spacing> spacing() {
    return Option.find(options, Resampled.class).map(Resampled::spacing);
  }

  private Source resampled(Source source) {
    return spacing().map(source::spacing).orElse(source);
  }

  private Optional<SplitRule> split() {
    Optional<Shares> shares = Option.find(options, Shares.class);
    if (shares.isEmpty() && seed().isEmpty()) {
      return Optional.empty();
    }
    Shares of = shares.orElse(new Shares(SplitRule.PAPER.validation(), SplitRule.PAPER.test()));
    return Optional.of(new SplitRule(of.validation(), of.test(), seed().orElse(0L)));
  }

  private static Path path(String name) {
    try {
      return Path.of(name);
    } catch (InvalidPathException e) {
      throw new UserError("\"" + name + "\": is no name of a folder or file; correct it", e);
    }
  }

  private void refuse(java.util.function.Predicate<LoadOption> misplaced, String why) {
    Arrays.stream(options)
        .filter(misplaced)
        .findFirst()
        .ifPresent(
            o -> {
              throw new UserError(o + ": " + why + "; leave it out for \"" + what.get(0) + "\"");
            });
  }
}
