package org.maskmine.training;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.maskmine.data.Source;

/**
 * What a run says of itself on disk, enough to make it again.
 *
 * @param format of the file; see {@link RunFormat}
 * @param id unique within a store: kind and the first digits of the digest
 * @param digest hexadecimal SHA-256 over recipe, data and parent; none in runs of earlier versions
 * @param kind {@code base}, {@code dice}, {@code pwce} or {@code control}
 * @param parent the run whose errors this one was retrained on; none for a base run
 * @param recipe every setting
 * @param data where the data came from
 * @param made by which code, on what
 * @param finished whether every stage is trained and scored
 * @param seconds of training and scoring so far, in all sessions
 */
public record RunInfo(
    int format,
    String id,
    @Nullable String digest,
    String kind,
    @Nullable String parent,
    Recipe recipe,
    DataInfo data,
    Made made,
    boolean finished,
    double seconds) {
  /** Checks that a file has left nothing out. */
  public RunInfo {
    Objects.requireNonNull(id, "it has no id");
    Objects.requireNonNull(kind, "it has no kind");
    Objects.requireNonNull(recipe, "it has no recipe");
    Objects.requireNonNull(data, "it has no data");
    Objects.requireNonNull(made, "it has no provenance");
  }

  /** The data that a run was trained on. */
  public record DataInfo(
      Source source, String fingerprint, int training, int validation, int test) {
    /** Checks that a file has left nothing out. */
    public DataInfo {
      Objects.requireNonNull(source, "it has no source of its data");
      Objects.requireNonNull(fingerprint, "it has no fingerprint of its data");
    }

    /** As the user named it: {@code phantom}, {@code data/LiTS}. */
    public String name() {
      return source.name();
    }
  }

  /**
   * By which code and on what a run was made.
   *
   * @param version of Maskmine, with the commit it was built from
   * @param started ISO 8601 instant
   */
  public record Made(String version, String engine, String java, String system, String started) {
    /** Checks that a file has left nothing out. */
    public Made {
      Objects.requireNonNull(started, "it has no date");
    }
  }

  RunInfo recipe(Recipe equal) {
    return new RunInfo(format, id, digest, kind, parent, equal, data, made, finished, seconds);
  }

  RunInfo seconds(double seconds) {
    return new RunInfo(format, id, digest, kind, parent, recipe, data, made, finished, seconds);
  }

  RunInfo asFinished() {
    return new RunInfo(format, id, digest, kind, parent, recipe, data, made, true, seconds);
  }
}
