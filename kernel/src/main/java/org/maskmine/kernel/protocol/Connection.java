package org.maskmine.kernel.protocol;

import java.security.GeneralSecurityException;
import java.util.concurrent.CountDownLatch;
import java.util.function.BiConsumer;
import org.dflib.jjava.jupyter.channels.JupyterSocket;
import org.dflib.jjava.jupyter.channels.ReplyEnvironment;
import org.dflib.jjava.jupyter.kernel.KernelConnectionProperties;
import org.dflib.jjava.jupyter.messages.Message;
import org.dflib.jjava.jupyter.messages.MessageContext;
import org.dflib.jjava.jupyter.messages.publish.PublishStatus;
import org.maskmine.UserError;
import org.zeromq.SocketType;
import org.zeromq.ZMQ;
import org.zeromq.ZMQException;

/** The five sockets of a kernel. */
public final class Connection {
  private static final int LAST_REPLIES_MS = 100;

  private final KernelConnectionProperties properties;
  private final ZMQ.Context context = ZMQ.context(1);
  private final ZMQ.Socket heartbeat;
  private final Channel publish;
  private final InputChannel input;
  private final RequestChannel shell;
  private final RequestChannel control;
  private final CountDownLatch closed = new CountDownLatch(1);

  /**
   * Makes the sockets.
   *
   * @param properties what the connection file says
   * @param requests takes every request, and where replies to it and outputs go
   */
  public Connection(
      KernelConnectionProperties properties, BiConsumer<Message<?>, ReplyEnvironment> requests) {
    this.properties = properties;
    var wire = wire(properties);
    heartbeat = context.socket(SocketType.REP);
    publish = new Channel(context, SocketType.PUB, wire);
    input = new InputChannel(context, wire);
    shell = new RequestChannel(context, wire, "shell", publish, requests);
    control = new RequestChannel(context, wire, "control", publish, requests);
  }

  private static Wire wire(KernelConnectionProperties properties) {
    try {
      return new Wire(properties.createHMACGenerator());
    } catch (GeneralSecurityException e) {
      throw new UserError(
          "signature scheme "
              + properties.getSignatureScheme()
              + ": this Java does not know it; use hmac-sha256",
          e);
    }
  }

  /** Binds the sockets; requests are taken from now on. */
  public void open() {
    publish.bind(Channel.address(properties, properties.getIopubPort()));
    input.bind(Channel.address(properties, properties.getStdinPort()));
    heartbeat.bind(Channel.address(properties, properties.getHbPort()));
    shell.bind(Channel.address(properties, properties.getShellPort()));
    control.bind(Channel.address(properties, properties.getControlPort()));
    publish.sendMessage(new Message<>(null, PublishStatus.MESSAGE_TYPE, PublishStatus.STARTING));
    var echo = new Thread(this::beat, "heartbeat");
    echo.setDaemon(true);
    echo.start();
    shell.start();
    control.start();
  }

  private void beat() {
    try {
      while (true) {
        heartbeat.send(heartbeat.recv());
      }
    } catch (ZMQException e) {
      // the context was closed: the kernel ends
    }
  }

  /** Where outputs go. */
  public JupyterSocket publications() {
    return publish;
  }

  /**
   * Asks the front end for a line of input, and waits for the answer or an interrupt.
   *
   * @param cell the request on whose behalf is asked
   */
  public String ask(MessageContext cell, String prompt, boolean password) {
    return input.ask(cell, prompt, password);
  }

  /** How many messages were dropped, because they were unsigned, wrongly signed or unreadable. */
  public long ignored() {
    return shell.ignored() + control.ignored();
  }

  /** Lets {@link #awaitClose} return. */
  public void close() {
    closed.countDown();
  }

  /** Waits until the kernel is to end, and a moment more for the last replies to leave. */
  public void awaitClose() throws InterruptedException {
    closed.await();
    Thread.sleep(LAST_REPLIES_MS);
  }
}
