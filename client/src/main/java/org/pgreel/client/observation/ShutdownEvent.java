package org.pgreel.client.observation;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/** A session is over, for whatever reason. */
@Name("org.pgreel.Shutdown")
@Label("Shutdown")
@Category("PgReel")
@Description("A PostgreSQL session is over")
@StackTrace(false)
final class ShutdownEvent extends Event {

    @Label("Server")
    @Nullable
    String server;

    @Label("Database")
    @Nullable
    String database;

    @Label("Reason")
    @Nullable
    String reason;
}
