package org.pgreel.session;

import org.pgreel.client.Relay;
import org.pgreel.client.RelayReceiver;

/** Makes sessions relay: what the server hears is then what somebody else says. */
public final class Relays {

    private Relays() {}

    /**
     * Makes a session relay from the moment it is ready, until its end.
     *
     * @param core a session that has begun and to which nothing was submitted
     * @param receiver who hears the server's answers
     * @param effects what carries out what the session wants
     * @return the application's end
     */
    public static Relay of(ClientSession core, RelayReceiver receiver, Effects effects) {
        return RelayOperation.of((LiveSession) core.session(), receiver, effects);
    }
}
