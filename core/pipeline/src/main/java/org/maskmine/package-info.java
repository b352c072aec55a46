/**
 * What every room of the training core shares: the failure a user can mend ({@link
 * org.maskmine.UserError}), the small window through which long work reports itself ({@link
 * org.maskmine.Progress}), and files that are there whole or not at all ({@link
 * org.maskmine.WholeFile}).
 */
@NullMarked
package org.maskmine;

import org.jspecify.annotations.NullMarked;
