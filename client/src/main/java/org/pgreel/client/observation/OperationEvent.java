package org.pgreel.client.observation;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Threshold;
import jdk.jfr.Timespan;
import org.jspecify.annotations.Nullable;

/** An operation, from the call to its end. Those that are quicker than the threshold are not written. */
@Name("org.pgreel.Operation")
@Label("Operation")
@Category("PgReel")
@Description("An operation of a PostgreSQL session")
@StackTrace(false)
@Threshold("10 ms")
final class OperationEvent extends Event {

    @Label("Server")
    @Nullable
    String server;

    @Label("Database")
    @Nullable
    String database;

    @Label("Kind")
    @Nullable
    String kind;

    @Label("Failure")
    @Description("How it failed, as the exception is named; missing if it succeeded")
    @Nullable
    String failure;

    @Label("SQLSTATE")
    @Nullable
    String sqlState;

    @Label("Queued")
    @Description("How long it waited for its turn on the wire; as long as the event if its turn never came")
    @Timespan(Timespan.NANOSECONDS)
    long queued;

    /** Nanoseconds on the clock of {@link ObserverClock}; not part of the event. */
    transient long begun;

    transient long submitted = ObserverClock.nanos();

    void tellQueued() {
        queued = (begun == 0 ? ObserverClock.nanos() : begun) - submitted;
    }
}
