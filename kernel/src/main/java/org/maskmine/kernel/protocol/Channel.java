package org.maskmine.kernel.protocol;

import java.util.ArrayList;
import java.util.List;
import org.dflib.jjava.jupyter.channels.JupyterSocket;
import org.dflib.jjava.jupyter.kernel.KernelConnectionProperties;
import org.dflib.jjava.jupyter.messages.HMACGenerator;
import org.dflib.jjava.jupyter.messages.Message;
import org.slf4j.helpers.NOPLogger;
import org.zeromq.SocketType;
import org.zeromq.ZMQ;

/** A socket that speaks {@link Wire}; may be written to from any thread. */
class Channel extends JupyterSocket {
  private final Wire wire;

  Channel(ZMQ.Context context, SocketType type, Wire wire) {
    super(context, type, HMACGenerator.NO_AUTH_INSTANCE, NOPLogger.NOP_LOGGER);
    this.wire = wire;
    // Nothing that was published may be dropped, however slow the front end; output is limited
    // where it is made. Messages still unsent when the kernel ends get a second.
    setSndHWM(0);
    setLinger(1000);
  }

  @Override
  public void bind(KernelConnectionProperties properties) {
    throw new UnsupportedOperationException("the connection knows the address");
  }

  static String address(KernelConnectionProperties properties, int port) {
    return properties.getTransport() + "://" + properties.getIp() + ":" + port;
  }

  /** A message that has arrived, or the reason why it is to be ignored. */
  synchronized Message<?> receive() throws Wire.BadMessage {
    List<byte[]> frames = new ArrayList<>();
    do {
      frames.add(recv());
    } while (hasReceiveMore());
    return wire.decode(frames);
  }

  @Override
  public synchronized void sendMessage(Message<?> message) {
    List<byte[]> frames = wire.encode(message);
    int last = frames.size() - 1;
    frames.subList(0, last).forEach(this::sendMore);
    send(frames.get(last));
  }
}
