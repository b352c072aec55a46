package org.maskmine.network;

import java.util.List;

/**
 * A box of a network's drawing: the nodes whose names share the part before the dot, such as {@code
 * enc1}.
 *
 * @param inputs the blocks whose feature maps it reads, {@link Graph#IMAGE} among them
 * @param channels of its last feature map
 * @param halvings how often the patch is halved there: the row of the drawing
 * @param column 1 for a block that reads only the image, else one more than its furthest input
 * @param parameters trained numbers
 */
public record Block(
    String name, List<String> inputs, int channels, int halvings, int column, long parameters) {}
