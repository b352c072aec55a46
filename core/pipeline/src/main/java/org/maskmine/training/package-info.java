/**
 * From a recipe to a run: the epoch loop, schedules, best weights, checkpoints and the run store.
 *
 * <p>A {@link org.maskmine.training.Recipe} says everything that matters; a {@link
 * org.maskmine.training.StoredRun} is what it became on disk, from its first epoch on.
 */
@NullMarked
package org.maskmine.training;

import org.jspecify.annotations.NullMarked;
