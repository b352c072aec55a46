/**
 * Cases as people hold them, ready for training: an image with liver and lesion labels.
 *
 * <p>{@link org.maskmine.data.Dataset} is a set of {@link org.maskmine.data.Case}s with a {@link
 * org.maskmine.data.Split}; it is read from a folder in the layout of LiTS, the Decathlon, nnU-Net
 * or DICOM, or made as the embedded phantom. Patches, weight maps and augmentation turn cases into
 * batches for an engine.
 */
@NullMarked
package org.maskmine.data;

import org.jspecify.annotations.NullMarked;
