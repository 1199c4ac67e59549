package org.pgreel.scenarios.sweep;

import org.pgreel.client.ConnectOptions;
import org.pgreel.client.Session;
import org.pgreel.client.SessionStatusNotify;

/**
 * A bug that is put around our client, to prove that a sweep finds it: between the client and its application, so that
 * the same bug is there in the simulation and over TCP. The client itself has no such hook.
 */
public interface Plant {
    /** No bug. */
    Plant NONE = new Plant() {};

    /** Returns the options with which the client connects instead. */
    default ConnectOptions options(ConnectOptions options) {
        return options;
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
