/**
 * A study on Apache Spark: one task per run. Tasks carry recipes and paths; what they train lies in
 * the run store that all machines share, so that a task which dies goes on elsewhere.
 *
 * <p>Started by {@link org.maskmine.cluster.spark.Main} through {@code spark-submit}, from a
 * notebook or a shell; nobody imports this room.
 */
@NullMarked
package org.maskmine.cluster.spark;

import org.jspecify.annotations.NullMarked;
