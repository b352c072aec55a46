/**
 * The paper's figures from plain arrays and counts, in one look: colours that colour-blind readers
 * tell apart, letters that survive a column's width, a white ground on light and dark pages.
 *
 * <p>{@link org.maskmine.dsl.figure.Figures} is the door. A {@link org.maskmine.dsl.figure.Chart}
 * is a JFreeChart, a {@link org.maskmine.dsl.figure.Picture} a row of slices; both show and save
 * themselves.
 */
@NullMarked
package org.maskmine.dsl.figure;

import org.jspecify.annotations.NullMarked;
