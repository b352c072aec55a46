/**
 * Java cells: source in, values out, without a word of Jupyter.
 *
 * <p>{@link org.maskmine.kernel.shell.JavaShell} is the door. JShell compiles; {@code CellControl}
 * runs what it compiled in this JVM and keeps the real objects; {@code CheckpointInjector} lets an
 * interrupt reach every loop; {@code Variables} carries values over when JShell rebuilds what
 * depends on an edited declaration; {@code FailureText} writes errors in terms of the cell.
 */
@NullMarked
package org.maskmine.kernel.shell;

import org.jspecify.annotations.NullMarked;
