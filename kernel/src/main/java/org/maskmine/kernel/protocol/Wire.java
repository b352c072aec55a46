package org.maskmine.kernel.protocol;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.reflect.TypeToken;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.dflib.jjava.jupyter.messages.HMACGenerator;
import org.dflib.jjava.jupyter.messages.Header;
import org.dflib.jjava.jupyter.messages.KernelTimestamp;
import org.dflib.jjava.jupyter.messages.Message;
import org.dflib.jjava.jupyter.messages.MessageType;
import org.dflib.jjava.jupyter.messages.adapters.HeaderAdapter;
import org.dflib.jjava.jupyter.messages.adapters.HistoryRequestAdapter;
import org.dflib.jjava.jupyter.messages.adapters.KernelTimestampAdapter;
import org.dflib.jjava.jupyter.messages.adapters.MessageTypeAdapter;
import org.dflib.jjava.jupyter.messages.adapters.PublishStatusAdapter;
import org.dflib.jjava.jupyter.messages.publish.PublishStatus;
import org.dflib.jjava.jupyter.messages.request.HistoryRequest;
import org.jspecify.annotations.Nullable;

/**
 * Messages to frames and back, as "The wire protocol" of the Jupyter documentation has them:
 * identities, a delimiter, a signature, header, parent header, metadata, content, buffers.
 */
final class Wire {
  private static final byte[] DELIMITER = "<IDS|MSG>".getBytes(StandardCharsets.US_ASCII);
  private static final int SIGNED_PARTS = 4;
  private static final TypeToken<Map<String, Object>> MAP = new TypeToken<>() {};

  private final Gson gson =
      new GsonBuilder()
          .disableHtmlEscaping()
          .registerTypeAdapter(KernelTimestamp.class, KernelTimestampAdapter.INSTANCE)
          .registerTypeAdapter(Header.class, HeaderAdapter.INSTANCE)
          .registerTypeAdapter(MessageType.class, MessageTypeAdapter.INSTANCE)
          .registerTypeAdapter(PublishStatus.class, PublishStatusAdapter.INSTANCE)
          .registerTypeAdapter(HistoryRequest.class, HistoryRequestAdapter.INSTANCE)
          .create();
  private final String session = UUID.randomUUID().toString();
  private final HMACGenerator signer;

  Wire(HMACGenerator signer) {
    this.signer = signer;
  }

  /** The frames of a message. */
  List<byte[]> encode(Message<?> message) {
    byte[] header = bytes(header(message.getHeader()));
    byte[] parent = bytes(message.hasParentHeader() ? message.getParentHeader() : new JsonObject());
    byte[] metadata = bytes(message.hasMetadata() ? message.getMetadata() : new JsonObject());
    byte[] content = bytes(content(message));
    var frames = new ArrayList<byte[]>(message.getIdentities());
    frames.addAll(signed(header, parent, metadata, content));
    if (message.getBlobs() != null) {
      frames.addAll(message.getBlobs());
    }
    return frames;
  }

  /** The delimiter, the signature of the four parts, and the parts. */
  List<byte[]> signed(byte[]... parts) {
    var frames = new ArrayList<byte[]>();
    frames.add(DELIMITER);
    frames.add(signer.calculateSignature(parts).getBytes(StandardCharsets.US_ASCII));
    frames.addAll(List.of(parts));
    return frames;
  }

  /**
   * The message in some frames.
   *
   * @throws BadMessage where they hold none, or one that somebody without the key has made
   */
  Message<?> decode(List<byte[]> frames) throws BadMessage {
    int delimiter = 0;
    while (delimiter < frames.size() && !Arrays.equals(frames.get(delimiter), DELIMITER)) {
      delimiter++;
    }
    int first = delimiter + 2;
    if (frames.size() < first + SIGNED_PARTS) {
      throw new BadMessage("a message of " + frames.size() + " frames");
    }
    List<byte[]> signed = frames.subList(first, first + SIGNED_PARTS);
    checkSignature(frames.get(delimiter + 1), signed);
    List<byte[]> buffers = frames.subList(first + SIGNED_PARTS, frames.size());
    try {
      return message(frames.subList(0, delimiter), signed, buffers);
    } catch (RuntimeException | StackOverflowError e) {
      throw new BadMessage("a message that cannot be read: " + e);
    }
  }

  private void checkSignature(byte[] received, List<byte[]> signed) throws BadMessage {
    String expected = signer.calculateSignature(signed.toArray(byte[][]::new));
    boolean open = expected.isEmpty();
    if (!open && !MessageDigest.isEqual(expected.getBytes(StandardCharsets.US_ASCII), received)) {
      throw new BadMessage("a message with a wrong signature");
    }
  }

  private Message<?> message(List<byte[]> identities, List<byte[]> parts, List<byte[]> buffers) {
    Header<Object> header = header(parts.get(0));
    JsonObject parentJson = gson.fromJson(text(parts.get(1)), JsonObject.class);
    Header<Object> parent = parentJson.size() == 0 ? null : header(parts.get(1));
    Map<String, Object> metadata = gson.fromJson(text(parts.get(2)), MAP);
    Object content = gson.fromJson(text(parts.get(3)), header.getType().getContentType());
    if (content == null) {
      throw new JsonParseException("no content");
    }
    return message(List.copyOf(identities), header, parent, metadata, content, buffers);
  }

  private static Message<?> message(
      List<byte[]> identities,
      Header<Object> header,
      @Nullable Header<Object> parent,
      Map<String, Object> metadata,
      Object content,
      List<byte[]> buffers) {
    return new Message<>(identities, header, parent, metadata, content, List.copyOf(buffers));
  }

  @SuppressWarnings("unchecked") // a header's type says what content to read, at run time
  private Header<Object> header(byte[] json) {
    return gson.fromJson(text(json), Header.class);
  }

  /** Every reply says how it went; those that failed say so themselves. */
  private JsonElement content(Message<?> message) {
    JsonElement content = gson.toJsonTree(message.getContent());
    boolean reply = message.getHeader().getType().getName().endsWith("_reply");
    if (reply && content instanceof JsonObject object && !object.has("status")) {
      object.addProperty("status", "ok");
    }
    return content;
  }

  /** Dates to the microsecond: front ends compute running times from them. */
  private JsonObject header(Header<?> header) {
    var json = new JsonObject();
    json.addProperty("msg_id", header.getId());
    json.addProperty("session", session);
    json.addProperty("username", header.getUsername());
    json.addProperty("date", Instant.now().truncatedTo(ChronoUnit.MICROS).toString());
    json.addProperty("msg_type", header.getType().getName());
    json.addProperty("version", Header.PROTOCOL_VERISON);
    return json;
  }

  private byte[] bytes(Object json) {
    return gson.toJson(json).getBytes(StandardCharsets.UTF_8);
  }

  private static String text(byte[] frame) {
    return new String(frame, StandardCharsets.UTF_8);
  }

  /** Frames that are to be ignored. */
  static final class BadMessage extends Exception {
    private static final long serialVersionUID = 1L;

    BadMessage(String what) {
      super(what);
    }
  }
}
