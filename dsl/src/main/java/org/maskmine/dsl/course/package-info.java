/**
 * What lessons need beside the verbs: exercises that say what is wrong with an answer, curves of
 * any function, and a boosting example small enough to see every point.
 *
 * <p>{@link org.maskmine.dsl.course.Course} is the door; a lesson imports its methods in its first
 * cell.
 */
@NullMarked
package org.maskmine.dsl.course;

import org.jspecify.annotations.NullMarked;
