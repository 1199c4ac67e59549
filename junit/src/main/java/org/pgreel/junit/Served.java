package org.pgreel.junit;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.pgreel.client.SslMode;
import org.pgreel.replay.play.Chunking;
import org.pgreel.replay.play.PlayReport;
import org.pgreel.scenarios.file.ScenarioClient;

/** What stands behind the address of a test's server. Safe for use by several threads. */
interface Served {

    /**
     * Who may log in, and where to.
     *
     * @param sslMode what the client has to ask of TLS
     */
    record Login(String user, String password, String database, SslMode sslMode) {
        /** Leaves the password out. */
        @Override
        public String toString() {
            return "Login[" + user + ", " + database + "]";
        }
    }

    /** Starts to listen if it does not yet, and returns the port on loopback. */
    int port();

    /** Returns who may log in; asking for it may start the server. */
    Login login();

    /** Returns the certificate that a client has to trust, in a file; null if it looks at none. */
    @Nullable
    Path authority();

    /** Returns what else PgReel's own client has to ask for. */
    ScenarioClient client();

    /** Returns what the run has come to so far. */
    PlayReport report();

    /** Signals the label. */
    void signal(String label);

    /**
     * Waits until the label was signalled.
     *
     * @throws AssertionError if that takes too long, or cannot happen any more
     */
    void await(String label);

    /** Begins a test's run, with the writes cut so. */
    void begin(Chunking chunking, TestChapter chapter);

    /** Begins another run. */
    void rewind();

    /** Returns what the run has come to so far. */
    Verdict soFar();

    /**
     * Ends the test's run and returns what it has come to.
     *
     * @param settled whether to wait until what is under way has arrived
     */
    Verdict judge(boolean settled);

    /** Ends the connections that are left, and listens no more. */
    void stop();
}
