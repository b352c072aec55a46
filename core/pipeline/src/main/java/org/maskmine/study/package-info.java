/**
 * A study as a list of runs that any machine can train: what each is made of, and how one of them
 * is worked on.
 *
 * <p>A {@link org.maskmine.study.StudyPlan} is a file without data in it; {@link
 * org.maskmine.study.StudyWork} trains one of its runs, or goes on with it, into a run store that
 * all machines share; {@link org.maskmine.study.StudyEvent} is what they say of it.
 */
@NullMarked
package org.maskmine.study;

import org.jspecify.annotations.NullMarked;
