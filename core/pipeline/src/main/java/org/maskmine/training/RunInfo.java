package org.maskmine.training;

import org.jspecify.annotations.Nullable;
import org.maskmine.data.Source;

/**
 * What a run says of itself on disk, enough to make it again.
 *
 * @param id unique within a store: kind and the first digits of a hash over recipe, data and parent
 * @param kind {@code base}, {@code dice}, {@code pwce} or {@code control}
 * @param parent the run whose errors this one was retrained on; none for a base run
 * @param recipe every setting
 * @param data where the data came from
 * @param made by which code, on what
 * @param finished whether every stage is trained and scored
 * @param seconds of training and scoring so far
 */
public record RunInfo(
    String id,
    String kind,
    @Nullable String parent,
    Recipe recipe,
    DataInfo data,
    Made made,
    boolean finished,
    double seconds) {

  /** The data that a run was trained on. */
  public record DataInfo(
      Source source, String fingerprint, int training, int validation, int test) {
    /** As the user named it: {@code phantom}, {@code data/LiTS}. */
    public String name() {
      return source.name();
    }
  }

  /**
   * By which code and on what a run was made.
   *
   * @param started ISO 8601 instant
   */
  public record Made(String version, String engine, String java, String system, String started) {}

  RunInfo recipe(Recipe equal) {
    return new RunInfo(id, kind, parent, equal, data, made, finished, seconds);
  }

  RunInfo finished(double seconds) {
    return new RunInfo(id, kind, parent, recipe, data, made, true, seconds);
  }
}
