package org.maskmine.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.maskmine.Progress;
import org.maskmine.data.CaseFacts.LabelFacts;

/** A real abdominal CT with organ labels, beside the checkout where there is one. */
@Tag("real")
class RealScanTest {
  private static final Path FOLDER = Path.of("../../../shared/data");

  @TempDir Path known;

  @Test
  void organ_labels_become_a_liver_and_nothing_is_found_wrong() {
    assumeTrue(Files.isDirectory(FOLDER), "the folder with the real scan is missing");
    Source source =
        Source.of(FOLDER.resolve("example_ct_sm.nii.gz"))
            .labelFile(FOLDER.resolve("example_seg.nii.gz"))
            .labels(new LabelMap(List.of(5), List.of(), false));
    Dataset data = Datasets.open(source, known, Progress.NONE);
    assertThat(data.problems()).isEmpty();
    Case scan = data.find("example_ct_sm");
    assertThat(scan.geometry().size()).isEqualTo("122×101×30");
    assertThat(scan.facts().lowestHu()).isEqualTo(-1100);
    assertThat(scan.facts().highestHu()).isEqualTo(1207);
    LabelFacts labels = Objects.requireNonNull(scan.facts().labels());
    assertThat(labels.liverVoxels()).isEqualTo(38_634);
    assertThat(labels.lesionSizes()).isEmpty();
    assertThat(labels.liverHu().percentile(50)).isBetween(40.0, 180.0);
  }
}
