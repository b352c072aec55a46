/**
 * The Jupyter kernel: messages in, JShell in the same JVM, views out; and its installer.
 *
 * <p>Only this room knows Jupyter. It ships what {@code org.maskmine.dsl.view} makes and stops what
 * the user interrupts.
 */
@NullMarked
package org.maskmine.kernel;

import org.jspecify.annotations.NullMarked;
