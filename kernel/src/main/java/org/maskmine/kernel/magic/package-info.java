/**
 * Magics: lines at the top of a cell that begin with {@code %} and do what Java has no word for,
 * such as {@code %maven} and {@code %time}.
 *
 * <p>{@link org.maskmine.kernel.magic.Magics} is the door: it runs a cell's magics, hands the Java
 * below them to the shell, and names the magic that was meant.
 */
@NullMarked
package org.maskmine.kernel.magic;

import org.jspecify.annotations.NullMarked;
