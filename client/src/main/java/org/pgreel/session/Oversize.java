package org.pgreel.session;

import org.pgreel.client.LimitExceededException;
import org.pgreel.client.ServerEffect;

/** What of an answer was too large to be held: a message, its length in bytes, and what the limit allows. */
record Oversize(String messageName, long length, long allowed) {

    LimitExceededException failure(ServerEffect effect) {
        return new LimitExceededException("limits.message", messageName, length, allowed, effect);
    }
}
