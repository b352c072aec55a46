package org.maskmine.kernel.protocol;

import org.dflib.jjava.jupyter.messages.Message;
import org.dflib.jjava.jupyter.messages.MessageContext;
import org.dflib.jjava.jupyter.messages.MessageType;
import org.dflib.jjava.jupyter.messages.reply.InputReply;
import org.dflib.jjava.jupyter.messages.request.InputRequest;
import org.maskmine.kernel.shell.Checkpoint;
import org.zeromq.SocketType;
import org.zeromq.ZMQ;

/** Asks the front end for a line of input. */
final class InputChannel extends Channel {
  private static final int POLL_MS = 50;

  private final ZMQ.Poller poller;

  InputChannel(ZMQ.Context context, Wire wire) {
    super(context, SocketType.ROUTER, wire);
    poller = context.poller(1);
    poller.register(this, ZMQ.Poller.POLLIN);
  }

  /**
   * Asks, and waits for the answer or an interrupt.
   *
   * @param cell the request on whose behalf is asked
   */
  synchronized String ask(MessageContext cell, String prompt, boolean password) {
    sendMessage(new Message<>(cell, MessageType.INPUT_REQUEST, new InputRequest(prompt, password)));
    while (true) {
      Checkpoint.check();
      if (poller.poll(POLL_MS) > 0) {
        try {
          if (receive().getContent() instanceof InputReply reply) {
            return reply.getValue();
          }
        } catch (Wire.BadMessage e) {
          logger.warn("input: ignored {}", e.getMessage());
        }
      }
    }
  }
}
