package org.maskmine.network;

import java.util.List;

/**
 * A row of a network's table.
 *
 * @param name of the node
 * @param operation what it does, in words
 * @param inputs the nodes it reads
 * @param channels of its feature map
 * @param size spatial axes of its feature map, outermost first: [y, x] or [z, y, x]
 * @param parameters trained numbers
 */
public record Layer(
    String name,
    String operation,
    List<String> inputs,
    int channels,
    int[] size,
    long parameters) {}
