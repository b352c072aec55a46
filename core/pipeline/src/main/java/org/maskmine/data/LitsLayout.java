package org.maskmine.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The LiTS challenge: {@code volume-N}, {@code segmentation-N} and {@code test-volume-N}, each
 * {@code .nii} or {@code .nii.gz}, in one folder or in several, such as the batches they are
 * downloaded in.
 */
final class LitsLayout implements Layout {
  private static final int DEPTH = 3;
  private static final Pattern NAME =
      Pattern.compile("(volume|segmentation|test-volume)-(\\d{1,9})\\.nii(\\.gz)?");

  private record Named(String what, String number, Path file) {}

  @Override
  public Optional<Found> find(List<Path> folders) {
    List<Named> files =
        folders.stream()
            .flatMap(folder -> Listing.below(folder, DEPTH).stream())
            .distinct()
            .flatMap(LitsLayout::recognise)
            .sorted(Comparator.comparing(n -> !n.file().toString().endsWith(".gz")))
            .toList();
    List<DataProblem> problems = new ArrayList<>();
    var images = new Candidates(problems);
    var labels = new Candidates(problems);
    for (Named named : files) {
      boolean segmentation = named.what().equals("segmentation");
      String id = (segmentation ? "volume" : named.what()) + "-" + named.number();
      (segmentation ? labels : images).add(id, named.file());
    }
    if (images.byCase().isEmpty()) {
      return Optional.empty();
    }
    List<CaseFiles> cases = new ArrayList<>();
    images
        .byCase()
        .forEach(
            (id, image) ->
                cases.add(
                    new CaseFiles(
                        id, id.startsWith("test-"), ScanFiles.nifti(image), labels.take(id))));
    problems.addAll(labels.orphans());
    return Optional.of(new Found(cases, () -> LabelMap.LITS, problems));
  }

  private static Stream<Named> recognise(Path file) {
    Matcher m = NAME.matcher(file.getFileName().toString());
    return m.matches() ? Stream.of(new Named(m.group(1), m.group(2), file)) : Stream.empty();
  }
}
