/**
 * How values look: {@link org.maskmine.dsl.view.View} is a value as MIME types, {@link
 * org.maskmine.dsl.view.Views} makes one of anything, {@link org.maskmine.dsl.view.Screen} is where
 * views go while a cell runs, implemented by the kernel.
 */
@NullMarked
package org.maskmine.dsl.view;

import org.jspecify.annotations.NullMarked;
