package org.pgreel.replay.play;

import org.pgreel.protocol.message.Execute;
import org.pgreel.protocol.message.FrontendMessage;
import org.pgreel.protocol.wire.Bytes;

/** The next thing that the frontend does, as far as a script can tell it from others. */
sealed interface Happening {
    /** A message came. */
    record Arrived(FrontendMessage message, Bytes raw) implements Happening {}

    /** An Execute came, which for a script is the execution of the portal's statement. */
    record Executed(Execute message, Portal portal) implements Happening {}

    /** Bytes came that are no message. */
    record Unreadable(Bytes raw, String reason) implements Happening {}

    /** The stream ended, in order or by a reset. */
    record Ended(boolean reset) implements Happening {}

    /** The TLS handshake completed. */
    record TlsUp() implements Happening {}

    /** The TLS handshake failed. */
    record TlsFailed(String reason) implements Happening {}
}
