package org.pgreel.replay.live;

import java.util.List;
import java.util.Map;
import org.pgreel.protocol.message.BackendMessage;
import org.pgreel.protocol.message.FrontendMessage;

/**
 * A live server, which is asked what no recording answers: the port that a transport implements. Each replayed connection has
 * one of its own there, from its first such question on.
 */
public interface LiveServer {

    /**
     * Begins to connect.
     *
     * @param startup the start-up parameters of the client that asks
     * @param hearer hears what comes, on the thread of the replay's engine and never before this method has returned
     */
    Line connect(Map<String, String> startup, Hearer hearer);

    /** A connection to the server. It is used by the thread of the engine. */
    interface Line {
        /** Says something; nothing happens when the connection is over. */
        void say(List<FrontendMessage> messages);

        /** Ends the connection in order; nothing is heard of it any more. */
        void close();
    }

    /** Who hears the server. */
    interface Hearer {
        /**
         * The client is logged in.
         *
         * @param parameters what the server has reported of itself
         * @param processId the process id of its backend
         */
        void ready(Map<String, String> parameters, int processId);

        /** A message came. */
        void heard(BackendMessage message);

        /**
         * The connection is over, or never came to be.
         *
         * @param why as a sentence without a full stop
         */
        void over(String why);
    }
}
