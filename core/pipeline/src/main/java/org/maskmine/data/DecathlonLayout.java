package org.maskmine.data;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.maskmine.UserError;
import org.maskmine.WholeFile;
import org.maskmine.data.DataProblem.Kind;

/**
 * The Medical Segmentation Decathlon, and the raw data of nnU-Net, which follows it: {@code
 * dataset.json} beside {@code imagesTr}, {@code labelsTr}, {@code imagesTs} and {@code labelsTs}.
 * Names of labels say what their values mean.
 */
final class DecathlonLayout implements Layout {
  private static final String DESCRIPTION = "dataset.json";

  /** nnU-Net's suffix for the first of several images of one case. */
  private static final Pattern CHANNEL = Pattern.compile("(.+)_(\\d{4})");

  @Override
  public Optional<Found> find(List<Path> folders) {
    List<Path> tasks =
        folders.stream().map(DecathlonLayout::task).flatMap(Optional::stream).toList();
    if (tasks.isEmpty()) {
      return Optional.empty();
    }
    List<CaseFiles> cases = new ArrayList<>();
    List<DataProblem> problems = new ArrayList<>();
    for (Path task : tasks) {
      cases.addAll(cases(task, "imagesTr", "labelsTr", false, problems));
      cases.addAll(cases(task, "imagesTs", "labelsTs", true, problems));
    }
    return Optional.of(new Found(cases, () -> labels(tasks.get(0)), problems));
  }

  /** The folder itself, or the one in it that an archive brought along. */
  private static Optional<Path> task(Path folder) {
    return Listing.below(folder, 2).stream()
        .filter(file -> file.getFileName().toString().equals(DESCRIPTION))
        .map(Path::getParent)
        .filter(Objects::nonNull)
        .filter(task -> Files.isDirectory(task.resolve("imagesTr")))
        .findFirst();
  }

  private static List<CaseFiles> cases(
      Path task, String imageFolder, String labelFolder, boolean test, List<DataProblem> problems) {
    var images = new Candidates(problems);
    for (Path file : niftis(task.resolve(imageFolder))) {
      addImage(images, file, problems);
    }
    var labels = new Candidates(problems);
    for (Path file : niftis(task.resolve(labelFolder))) {
      labels.add(Objects.requireNonNull(Listing.niftiName(file)), file);
    }
    List<CaseFiles> cases = new ArrayList<>();
    images
        .byCase()
        .forEach(
            (id, file) ->
                cases.add(new CaseFiles(id, test, ScanFiles.nifti(file), labels.take(id))));
    problems.addAll(labels.orphans());
    return cases;
  }

  private static List<Path> niftis(Path folder) {
    return Files.isDirectory(folder)
        ? Listing.below(folder, 1).stream().filter(f -> Listing.niftiName(f) != null).toList()
        : List.of();
  }

  private static void addImage(Candidates images, Path file, List<DataProblem> problems) {
    String name = Objects.requireNonNull(Listing.niftiName(file));
    Matcher channel = CHANNEL.matcher(name);
    if (!channel.matches()) {
      images.add(name, file);
    } else if (channel.group(2).equals("0000")) {
      images.add(channel.group(1), file);
    } else {
      problems.add(
          new DataProblem(
              channel.group(1),
              Kind.IGNORED_FILE,
              "a further image " + file,
              "one CT per case is read, that of channel 0000",
              "leave it, or swap the two channels"));
    }
  }

  private static LabelMap labels(Path task) {
    Path file = task.resolve(DESCRIPTION);
    try {
      String text = WholeFile.readText(file);
      JsonElement labels = JsonParser.parseString(text).getAsJsonObject().get("labels");
      return LabelNames.map(labels.getAsJsonObject(), file);
    } catch (UserError e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw new UserError(
          file
              + ": cannot be read as the description of a data set; it needs \"labels\" such as"
              + " {\"0\": \"background\", \"1\": \"liver\", \"2\": \"cancer\"}",
          e);
    }
  }
}
