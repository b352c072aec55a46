/**
 * What a notebook says: the verbs {@code load}, {@code train}, {@code mine}, {@code retrain} and
 * {@code compare}, their options as values, and the values they return.
 *
 * <p>Every value shows itself: {@code org.maskmine.dsl.view} turns values, tables and charts into
 * views. Jupyter is not known here.
 */
@NullMarked
package org.maskmine.dsl;

import org.jspecify.annotations.NullMarked;
