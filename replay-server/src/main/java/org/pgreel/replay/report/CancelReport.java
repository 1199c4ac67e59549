package org.pgreel.replay.report;

import org.jspecify.annotations.Nullable;

/**
 * A CancelRequest that arrived. Its secret key is not kept.
 *
 * @param processId the process id that it named
 * @param connection the number of the connection whose process id and key it carried; null if there was none, in which
 *     case it was ignored, as a server does
 * @param recorded whether the recording holds a CancelRequest for that connection that had not been played
 */
public record CancelReport(int processId, @Nullable Integer connection, boolean recorded) {

    /** Returns the report as one line. */
    public String line() {
        if (connection == null) {
            return "cancel request for process " + processId + ": no connection has that process id and key, ignored";
        }
        return "cancel request for connection " + connection
                + (recorded ? ": played" : ": not in the recording, without effect");
    }
}
