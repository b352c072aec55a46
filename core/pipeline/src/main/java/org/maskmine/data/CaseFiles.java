package org.maskmine.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where a case lies on disk.
 *
 * @param test whether its layout puts it into the test set
 */
record CaseFiles(String id, boolean test, ScanFiles image, Optional<Path> labels) {
  List<Path> all() {
    List<Path> all = new ArrayList<>(image.files());
    labels.ifPresent(all::add);
    return all;
  }
}
