package org.maskmine.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.maskmine.Digest;
import org.maskmine.Progress;
import org.maskmine.UserError;
import org.maskmine.data.DataProblem.Kind;
import org.maskmine.volume.Nifti;

/** Opens a data set: finds its cases, looks at each once, and keeps the sound ones. */
final class Opening {
  private final Source source;
  private final FactsMemory memory;
  private final List<DataProblem> problems = new ArrayList<>();
  private final Map<String, String> scans = new HashMap<>();

  Opening(Source source, Path memory) {
    this.source = source;
    this.memory = new FactsMemory(memory);
  }

  Dataset open(Progress progress) {
    Layout.Found found = Layouts.find(source);
    LabelMap map = source.labels() != null ? source.labels() : found.labels().get();
    problems.addAll(found.problems());
    List<CaseFiles> files = found.cases();
    List<CaseFiles> kept = new ArrayList<>();
    List<Case> cases = new ArrayList<>();
    for (int i = 0; i < files.size(); i++) {
      progress.report("reading " + source.name(), i, files.size(), files.get(i).id());
      CaseFiles file = files.get(i);
      sound(file, map)
          .ifPresent(
              facts -> {
                kept.add(file);
                cases.add(AlignedCase.of(new StoredCase(file, map, facts), source.spacing()));
              });
    }
    progress.report("reading " + source.name(), files.size(), files.size(), "");
    if (cases.isEmpty()) {
      throw new UserError(nothingLeft());
    }
    unlabelled(kept);
    Split split = split(kept);
    return new Dataset(source, cases, split, fingerprint(cases, split), problems);
  }

  private String nothingLeft() {
    String first = problems.isEmpty() ? "" : ": " + problems.get(0).sentence();
    String more =
        problems.size() < 2
            ? ""
            : " (and " + (problems.size() - 1) + " more like this or of another kind)";
    return source.name() + ": no case can be used" + first + more;
  }

  /** What is known of a case that can be used. */
  private Optional<CaseFacts> sound(CaseFiles files, LabelMap map) {
    try {
      CaseFacts facts = memory.of(files, map, () -> look(files, map));
      List<DataProblem> found = new ArrayList<>(Checks.of(files.id(), facts, map));
      duplicate(files.id(), facts).ifPresent(found::add);
      problems.addAll(found);
      return found.stream().anyMatch(DataProblem::leavesOut)
          ? Optional.empty()
          : Optional.of(facts);
    } catch (UserError e) {
      problems.add(DataProblem.unreadable(files.id(), String.valueOf(e.getMessage())));
      return Optional.empty();
    }
  }

  private static CaseFacts look(CaseFiles files, LabelMap map) {
    return Survey.of(files.image().read(), files.labels().map(Nifti::readMask), map);
  }

  private Optional<DataProblem> duplicate(String id, CaseFacts facts) {
    String first = scans.putIfAbsent(facts.scan(), id);
    return first == null
        ? Optional.empty()
        : Optional.of(
            new DataProblem(
                id,
                Kind.DUPLICATE,
                "the same image as " + first,
                "each scan must stand in one part of the split alone",
                "delete one of them"));
  }

  private void unlabelled(List<CaseFiles> kept) {
    if (kept.stream().noneMatch(f -> f.labels().isPresent())) {
      return;
    }
    kept.stream()
        .filter(f -> !f.test() && f.labels().isEmpty())
        .map(
            f ->
                new DataProblem(
                    f.id(),
                    Kind.NO_LABELS,
                    "an image without labels",
                    "training and validation need labels",
                    "it is kept in the test set; add its labels to train on it"))
        .forEach(problems::add);
  }

  private Split split(List<CaseFiles> kept) {
    List<String> ids = kept.stream().map(CaseFiles::id).toList();
    Optional<Split> written =
        source.split() == null ? SplitFile.read(Path.of(source.paths().get(0))) : Optional.empty();
    if (written.isPresent()) {
      return among(written.get(), ids);
    }
    SplitRule rule = source.split() == null ? SplitRule.PAPER : source.split();
    List<String> drawn =
        kept.stream().filter(f -> !f.test() && f.labels().isPresent()).map(CaseFiles::id).toList();
    return rule.draw(drawn, ids.stream().filter(id -> !drawn.contains(id)).toList());
  }

  private Split among(Split written, List<String> ids) {
    Split split = SplitFile.among(written, ids);
    for (String id : ids) {
      if (Arrays.stream(Part.values()).noneMatch(part -> split.of(part).contains(id))) {
        problems.add(
            new DataProblem(
                id,
                Kind.NOT_IN_SPLIT,
                "a case that " + SplitFile.NAME + " does not name",
                "each case belongs to training, validation or test",
                "it is not used; add it to " + SplitFile.NAME + " or delete that file"));
      }
    }
    return split;
  }

  private static String fingerprint(List<Case> cases, Split split) {
    var all = new StringBuilder();
    for (Case c : cases) {
      all.append(c.id()).append(' ').append(c.content()).append('\n');
    }
    return Digest.of(all.append(split).toString());
  }
}
