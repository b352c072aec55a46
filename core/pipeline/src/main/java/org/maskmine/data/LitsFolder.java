package org.maskmine.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.maskmine.Progress;
import org.maskmine.UserError;
import org.maskmine.volume.Mask;
import org.maskmine.volume.Nifti;
import org.maskmine.volume.Volume;

/** A folder with files named as the LiTS challenge names them. */
final class LitsFolder {
  private static final Pattern IMAGE = Pattern.compile("((test-)?volume-(\\d{1,9}))\\.nii(\\.gz)?");

  private final Path folder;
  private final String name;
  private final List<Path> files = new ArrayList<>();
  private final List<DataProblem> problems = new ArrayList<>();

  LitsFolder(Path folder, String name) {
    this.folder = folder;
    this.name = name;
  }

  private record Found(String id, boolean test, int number, Path image, Optional<Path> labels) {}

  Dataset open(Progress progress) {
    List<Found> found = find();
    List<Case> cases = new ArrayList<>();
    for (Found f : found) {
      progress.report("reading " + name, cases.size(), found.size(), f.id());
      read(f).ifPresent(cases::add);
    }
    progress.report("reading " + name, found.size(), found.size(), "");
    if (cases.stream().noneMatch(c -> c.labels().isPresent())) {
      throw new UserError(
          folder
              + ": no labelled case can be used: "
              + (problems.isEmpty()
                  ? "there is no segmentation-N.nii[.gz] beside a volume; add labels"
                  : problems.get(0).sentence()));
    }
    Split split = split(cases);
    return new Dataset(
        name, folder, cases, split, Datasets.fingerprint(files, split.toString()), problems);
  }

  private Split split(List<Case> cases) {
    if (Files.exists(folder.resolve(SplitFile.NAME))) {
      return SplitFile.among(SplitFile.read(folder), cases.stream().map(Case::id).toList());
    }
    return SplitFile.drawn(
        cases.stream().filter(c -> c.labels().isPresent()).map(Case::id).toList(),
        cases.stream().filter(c -> c.labels().isEmpty()).map(Case::id).toList());
  }

  private List<Found> find() {
    if (!Files.exists(folder)) {
      throw new UserError(
          "\""
              + folder
              + "\": there is no such folder; give a folder with volume-N.nii[.gz] files, or"
              + " \"phantom\"");
    }
    try (Stream<Path> all = Files.list(folder)) {
      List<Found> found =
          all.map(this::recognise)
              .flatMap(Optional::stream)
              .sorted(
                  Comparator.comparing(Found::test)
                      .thenComparingInt(Found::number)
                      .thenComparing(f -> -f.image().toString().length()))
              .toList();
      if (found.isEmpty()) {
        throw new UserError(
            "\""
                + folder
                + "\": holds no volume-N.nii[.gz] files; name images volume-0.nii.gz,"
                + " volume-1.nii.gz … and their labels segmentation-0.nii.gz …");
      }
      return withoutDoubles(found);
    } catch (IOException e) {
      throw new UserError(
          "\""
              + folder
              + "\": cannot be listed as a folder ("
              + e.getMessage()
              + "); give a folder",
          e);
    }
  }

  /** The compressed file of a case stands first and is kept. */
  private List<Found> withoutDoubles(List<Found> found) {
    Set<Integer> seen = new HashSet<>();
    List<Found> once = new ArrayList<>();
    for (Found f : found) {
      if (seen.add(f.test() ? -1 - f.number() : f.number())) {
        once.add(f);
      } else {
        problems.add(new DataProblem.Doubled(f.id(), f.image().toString()));
      }
    }
    return once;
  }

  private Optional<Found> recognise(Path file) {
    Matcher m = IMAGE.matcher(file.getFileName().toString());
    if (!m.matches()) {
      return Optional.empty();
    }
    int number = Integer.parseInt(m.group(3));
    boolean test = m.group(2) != null;
    Optional<Path> labels =
        test
            ? Optional.empty()
            : Stream.of(".nii.gz", ".nii")
                .map(end -> folder.resolve("segmentation-" + number + end))
                .filter(Files::exists)
                .findFirst();
    return Optional.of(new Found(m.group(1), test, number, file, labels));
  }

  /** A case, or a problem instead. */
  private Optional<Case> read(Found f) {
    try {
      Volume image = Nifti.readVolume(f.image());
      Optional<Mask> labels = f.labels().map(Nifti::readMask);
      if (labels.isPresent() && !labels.get().geometry().sameGrid(image.geometry())) {
        problems.add(
            new DataProblem.GridMismatch(
                f.id(), image.geometry().size(), labels.get().geometry().size()));
        return Optional.empty();
      }
      files.add(f.image());
      f.labels().ifPresent(files::add);
      return Optional.of(new StoredCase(f.id(), f.image(), image, f.labels(), labels));
    } catch (UserError e) {
      problems.add(new DataProblem.Unreadable(f.id(), String.valueOf(e.getMessage())));
      return Optional.empty();
    }
  }
}
