package org.pgreel.recorder.projection;

import org.pgreel.protocol.wire.Direction;

/**
 * A message that no conforming peer could have sent where it stands.
 *
 * @param message its number within the session
 * @param connection the ordinal of its connection
 * @param direction who sent it
 * @param messageName the manual's name of it
 * @param reason what should have come instead, a sentence for people
 * @param resumedAt the number of the ReadyForQuery at which the conversation is judged again; 0 if none came yet
 */
public record Violation(
        long message, int connection, Direction direction, String messageName, String reason, long resumedAt) {

    Violation resumed(long number) {
        return new Violation(message, connection, direction, messageName, reason, number);
    }
}
