package org.maskmine.data;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.maskmine.Digest;
import org.maskmine.data.CaseFacts.LabelFacts;
import org.maskmine.volume.Components;
import org.maskmine.volume.Connectivity;
import org.maskmine.volume.Geometry;
import org.maskmine.volume.Mask;
import org.maskmine.volume.Volume;

/** Looks once at every voxel of a case. */
final class Survey {
  private static final int CHUNK = 1 << 14;

  private final Volume image;
  private double lowest = Double.NaN;
  private double highest = Double.NaN;
  private long notFinite;

  private Survey(Volume image) {
    this.image = image;
  }

  /**
   * What a case holds.
   *
   * @param file labels as their file holds them; mapped in place
   */
  static CaseFacts of(Volume image, Optional<Mask> file, LabelMap map) {
    return new Survey(image).facts(file, map);
  }

  private CaseFacts facts(Optional<Mask> file, LabelMap map) {
    range();
    MessageDigest digest = digest();
    String scan = hex(digest);
    Optional<Geometry> labelGeometry = file.map(Mask::geometry);
    LabelFacts labels = null;
    if (file.isPresent() && file.get().geometry().sameGrid(image.geometry())) {
      Map<Integer, Long> values = values(file.get());
      Mask mapped = map.applied(file.get(), image.geometry());
      labels = labels(mapped, values);
      digest.update(mapped.values());
    }
    return new CaseFacts(
        labels == null ? scan : hex(digest),
        scan,
        image.geometry(),
        lowest,
        highest,
        notFinite,
        labelGeometry.orElse(null),
        labels);
  }

  private void range() {
    for (float hu : image.values()) {
      if (!Float.isFinite(hu)) {
        notFinite++;
      } else if (!(hu >= lowest && hu <= highest)) {
        lowest = hu >= lowest ? lowest : hu;
        highest = hu <= highest ? highest : hu;
      }
    }
  }

  private MessageDigest digest() {
    MessageDigest digest = Digest.sha256();
    Geometry g = image.geometry();
    digest.update((g.size() + " " + g.spacing()).getBytes(StandardCharsets.UTF_8));
    float[] hu = image.values();
    var chunk = ByteBuffer.allocate(Float.BYTES * CHUNK);
    for (int i = 0; i < hu.length; i += CHUNK) {
      int n = Math.min(CHUNK, hu.length - i);
      chunk.clear().asFloatBuffer().put(hu, i, n);
      digest.update(chunk.limit(Float.BYTES * n));
    }
    return digest;
  }

  /** The digest so far; it can go on. */
  private static String hex(MessageDigest digest) {
    try {
      return Digest.hex(((MessageDigest) digest.clone()).digest());
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Map<Integer, Long> values(Mask file) {
    long[] counts = new long[Byte.MAX_VALUE + 1];
    for (byte value : file.values()) {
      counts[value]++;
    }
    Map<Integer, Long> found = new TreeMap<>();
    for (int value = 0; value < counts.length; value++) {
      if (counts[value] > 0) {
        found.put(value, counts[value]);
      }
    }
    return found;
  }

  private LabelFacts labels(Mask labels, Map<Integer, Long> values) {
    var liver = new HuHistogram.Counter();
    var lesion = new HuHistogram.Counter();
    long[] voxels = new long[3];
    byte[] label = labels.values();
    float[] hu = image.values();
    for (int i = 0; i < label.length; i++) {
      if (label[i] != 0) {
        voxels[label[i]]++;
        if (Float.isFinite(hu[i])) {
          (label[i] == 1 ? liver : lesion).add(hu[i]);
        }
      }
    }
    var box = LabelBox.around(labels);
    return new LabelFacts(
        values,
        voxels[1] + voxels[2],
        voxels[2],
        lesionSizes(box.crop()),
        strays(box.crop()),
        box.fullestSlice(),
        box.crop().values().length,
        liver.histogram(),
        lesion.histogram());
  }

  /** Lesions as the LiTS challenge's scoring program tells them apart. */
  private static List<Integer> lesionSizes(Mask labels) {
    int[] sizes =
        Components.label(labels.where(Structure.LESION::holds), Connectivity.FACES).sizes();
    List<Integer> out = new ArrayList<>();
    for (int size : sizes) {
      out.add(size);
    }
    return out;
  }

  /** Pieces of liver and lesion that consist of lesion alone. */
  private static int strays(Mask labels) {
    var pieces = Components.label(labels.where(Structure.LIVER::holds), Connectivity.CORNERS);
    boolean[] liver = new boolean[pieces.count() + 1];
    for (int i = 0; i < pieces.labels().length; i++) {
      liver[pieces.labels()[i]] |= labels.values()[i] == 1;
    }
    int strays = 0;
    for (int piece = 1; piece < liver.length; piece++) {
      strays += liver[piece] ? 0 : 1;
    }
    return strays;
  }
}
