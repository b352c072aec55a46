/**
 * Jupyter's messages over ZeroMQ, both ends: {@link org.maskmine.kernel.protocol.Connection} is the
 * kernel's, {@link org.maskmine.kernel.protocol.KernelClient} a front end's, for the installer's
 * trial and the tests.
 *
 * <p>Message classes and comms are those of jjava-jupyter; sockets and threads are our own: nothing
 * polls on a timer, and a request that is badly signed is ignored.
 */
@NullMarked
package org.maskmine.kernel.protocol;

import org.jspecify.annotations.NullMarked;
