package org.pgreel.recorder.recording;

import org.pgreel.protocol.message.Message;
import org.pgreel.protocol.wire.Bytes;
import org.pgreel.protocol.wire.Direction;

/**
 * One message of a recorded session, as it was read out of the chunks.
 *
 * @param number its number within the session, from 1 in the order in which messages were completed
 * @param connection the ordinal of its connection
 * @param direction whose message it is
 * @param start the offset of its first byte in this direction of the connection
 * @param end the offset behind its last byte; that of an oversized message lies ahead
 * @param nanos the time of the chunk that completed it (or began it, if it is oversized)
 * @param content what it is
 */
public record RecordedMessage(
        long number, int connection, Direction direction, long start, long end, long nanos, Content content) {

    /** What a message is, or why it could not be read as one. */
    public sealed interface Content permits Decoded, Oversized, Undecodable {}

    /**
     * A message that was decoded; secrets in it are masked.
     *
     * @param message the message
     */
    public record Decoded(Message message) implements Content {}

    /**
     * A message too large to be held in memory at once.
     *
     * @param type its type byte
     * @param length its length, type and length included
     */
    public record Oversized(byte type, long length) implements Content {}

    /**
     * Bytes that are no message of the protocol.
     *
     * @param raw the bytes
     * @param why what is wrong with them
     */
    public record Undecodable(Bytes raw, String why) implements Content {}
}
