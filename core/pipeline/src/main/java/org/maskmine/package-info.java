/**
 * What every room of the training core shares: the failure a user can mend ({@link
 * org.maskmine.UserError}) and the small window through which long work reports itself ({@link
 * org.maskmine.Progress}).
 */
@NullMarked
package org.maskmine;

import org.jspecify.annotations.NullMarked;
