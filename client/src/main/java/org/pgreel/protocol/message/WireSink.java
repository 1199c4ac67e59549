package org.pgreel.protocol.message;

import org.pgreel.protocol.wire.Bytes;
import org.pgreel.protocol.wire.Direction;
import org.pgreel.protocol.wire.MalformedMessageException;

/** Takes what a {@link WireDecoder} reads. All offsets count the bytes of that direction's stream, 0 being the first. */
public interface WireSink {
    /**
     * A message.
     *
     * @param start the offset of its first byte
     * @param end the offset behind its last byte
     */
    void message(Direction direction, Message message, long start, long end);

    /**
     * A message too large to be decoded; its bytes stream through and are not shown.
     *
     * @param length the bytes of the whole message, type and length included
     * @param start the offset of its first byte
     */
    void oversized(Direction direction, byte type, long length, long start);

    /**
     * Bytes that are no message.
     *
     * <p>When {@code raw} is a whole frame, decoding goes on behind it. When bytes could not be framed all that comes
     * after them in this direction is reported here too, with the same reason.
     *
     * @param start the offset of the first of them
     * @param why what is wrong, without content
     */
    void undecodable(Direction direction, long start, Bytes raw, MalformedMessageException why);
}
