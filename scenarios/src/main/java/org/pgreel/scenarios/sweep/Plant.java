package org.pgreel.scenarios.sweep;

import org.pgreel.client.ConnectOptionsBuilder;
import org.pgreel.client.Session;
import org.pgreel.client.SessionStatusNotify;
import org.pgreel.session.Effects;

/**
 * A bug that is put around our client, to prove that a sweep finds it: between the client and its application, so that
 * the same bug is there in the simulation and over TCP. The client itself has no such hook.
 */
public interface Plant {
    /** No bug. */
    Plant NONE = new Plant() {};

    /** Returns the options with which the client connects instead. */
    default ConnectOptionsBuilder options(ConnectOptionsBuilder options) {
        return options;
    }

    /** Returns what carries out the client's wishes instead, which only a simulation can change. */
    default Effects effects(Effects effects) {
        return effects;
    }

    /** Returns how many bytes the client holds with the bug, which only a simulation can see. */
    default long held(long bytes) {
        return bytes;
    }

    /** Returns who hears the client's callbacks instead. */
    default SessionStatusNotify notify(SessionStatusNotify application) {
        return application;
    }

    /** Returns the session that the application has instead. */
    default Session session(Session session) {
        return session;
    }
}
