/**
 * The engine on libtorch, through JavaCPP: the only room that knows it.
 *
 * <p>A graph is interpreted node by node on native tensors, which lie where {@link
 * org.maskmine.engine.torch.Place} puts them; every step runs in a scope that frees them; {@link
 * org.maskmine.engine.torch.TorchEngine} is found by {@link java.util.ServiceLoader}.
 */
@NullMarked
package org.maskmine.engine.torch;

import org.jspecify.annotations.NullMarked;
