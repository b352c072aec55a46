package org.maskmine.scoring;

import java.util.List;
import java.util.stream.Stream;

/**
 * Which lesions were found, and which predicted ones are false alarms. Every score takes the
 * overlap (intersection over union) above which a match counts; LiTS reports 0 and 0.5.
 *
 * @param truths every true lesion with its match
 * @param predictions every predicted lesion with its match
 */
public record Detection(List<Lesion> truths, List<Lesion> predictions) {
  /** No lesions at all. */
  public static final Detection NONE = new Detection(List.of(), List.of());

  /** Copies the lists. */
  public Detection {
    truths = List.copyOf(truths);
    predictions = List.copyOf(predictions);
  }

  /** Both together. */
  public Detection plus(Detection other) {
    return new Detection(
        Stream.concat(truths.stream(), other.truths.stream()).toList(),
        Stream.concat(predictions.stream(), other.predictions.stream()).toList());
  }

  /** The lesions whose diameter is at least {@code fromMm} and below {@code toMm}. */
  public Detection ofSize(double fromMm, double toMm) {
    return new Detection(within(truths, fromMm, toMm), within(predictions, fromMm, toMm));
  }

  private static List<Lesion> within(List<Lesion> lesions, double fromMm, double toMm) {
    return lesions.stream().filter(l -> l.diameterMm() >= fromMm && l.diameterMm() < toMm).toList();
  }

  /** True lesions that were found. */
  public int found(double overlap) {
    return (int) truths.stream().filter(l -> l.matched(overlap)).count();
  }

  /** True lesions that were not found. */
  public int missed(double overlap) {
    return truths.size() - found(overlap);
  }

  /** Predicted lesions without a match. */
  public int falseAlarms(double overlap) {
    return predictions.size() - hits(overlap);
  }

  private int hits(double overlap) {
    return (int) predictions.stream().filter(l -> l.matched(overlap)).count();
  }

  /** Share of the predicted lesions that have a match; NaN where nothing is predicted. */
  public double precision(double overlap) {
    return (double) hits(overlap) / predictions.size();
  }

  /** Share of the true lesions that were found; NaN where there are none. */
  public double recall(double overlap) {
    return (double) found(overlap) / truths.size();
  }

  /** Harmonic mean of precision and recall; NaN where there is neither truth nor prediction. */
  public double f1(double overlap) {
    if (truths.isEmpty() && predictions.isEmpty()) {
      return Double.NaN;
    }
    if (found(overlap) == 0) {
      return 0;
    }
    double precision = precision(overlap);
    double recall = recall(overlap);
    return 2 * precision * recall / (precision + recall);
  }
}
