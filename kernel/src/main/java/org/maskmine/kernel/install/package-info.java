/**
 * Makes the kernel known to Jupyter, without Python: {@link org.maskmine.kernel.install.Installer}
 * copies the jars into a kernelspec, writes the path of the running Java into it, builds the
 * archive of loaded classes that makes starting fast, and tries the kernel once.
 */
@NullMarked
package org.maskmine.kernel.install;

import org.jspecify.annotations.NullMarked;
