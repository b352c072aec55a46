package org.maskmine.kernel.protocol;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import org.dflib.jjava.jupyter.channels.DefaultReplyEnvironment;
import org.dflib.jjava.jupyter.channels.JupyterSocket;
import org.dflib.jjava.jupyter.channels.ReplyEnvironment;
import org.dflib.jjava.jupyter.messages.Message;
import org.slf4j.LoggerFactory;
import org.zeromq.SocketType;
import org.zeromq.ZMQ;
import org.zeromq.ZMQException;

/**
 * Requests in, replies out, on a thread of its own that sleeps until one of them is there. Replies
 * of other threads wake it through an in-process socket.
 */
final class RequestChannel extends Channel {
  private final String name;
  private final ZMQ.Socket wake;
  private final ZMQ.Socket woken;
  private final ZMQ.Poller poller;
  private final Queue<Message<?>> replies = new ConcurrentLinkedQueue<>();
  private final JupyterSocket publish;
  private final BiConsumer<Message<?>, ReplyEnvironment> requests;
  private final AtomicLong ignored = new AtomicLong();
  private final Thread thread = new Thread(this::loop);

  /**
   * @param publish where outputs go
   * @param requests takes each request, on this channel's thread
   */
  RequestChannel(
      ZMQ.Context context,
      Wire wire,
      String name,
      JupyterSocket publish,
      BiConsumer<Message<?>, ReplyEnvironment> requests) {
    super(context, SocketType.ROUTER, wire);
    this.name = name;
    this.publish = publish;
    this.requests = requests;
    woken = context.socket(SocketType.PULL);
    woken.bind("inproc://" + name);
    wake = context.socket(SocketType.PUSH);
    wake.connect("inproc://" + name);
    poller = context.poller(2);
  }

  void start() {
    poller.register(this, ZMQ.Poller.POLLIN);
    poller.register(woken, ZMQ.Poller.POLLIN);
    thread.setName(name);
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void sendMessage(Message<?> message) {
    replies.add(message);
    if (Thread.currentThread() == thread) {
      sendReplies();
    } else {
      synchronized (wake) {
        wake.send(new byte[0]);
      }
    }
  }

  private void loop() {
    try {
      while (poller.poll(-1) >= 0) {
        if (poller.pollin(1)) {
          woken.recv();
          sendReplies();
        }
        if (poller.pollin(0)) {
          take();
        }
      }
    } catch (ZMQException e) {
      LoggerFactory.getLogger(RequestChannel.class).debug("{} ends: {}", name, e.getMessage());
    }
  }

  /** Somebody who sends thousands must not fill the log. */
  private void ignored(Wire.BadMessage bad) {
    long count = ignored.incrementAndGet();
    if (count == Long.highestOneBit(count)) {
      LoggerFactory.getLogger(RequestChannel.class)
          .warn("{}: ignored {} ({} so far)", name, bad.getMessage(), count);
    }
  }

  /** How many messages were dropped, because they were unsigned, wrongly signed or unreadable. */
  long ignored() {
    return ignored.get();
  }

  private void sendReplies() {
    for (Message<?> reply = replies.poll(); reply != null; reply = replies.poll()) {
      super.sendMessage(reply);
    }
  }

  private void take() {
    try {
      Message<?> request = receive();
      requests.accept(request, new DefaultReplyEnvironment(this, publish, request));
    } catch (Wire.BadMessage e) {
      ignored(e);
    } catch (RuntimeException | Error e) { // the channel must outlive whatever goes wrong
      LoggerFactory.getLogger(RequestChannel.class).error("{}: a request failed", name, e);
    }
  }
}
