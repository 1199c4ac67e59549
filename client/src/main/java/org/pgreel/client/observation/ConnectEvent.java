package org.pgreel.client.observation;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/** The way of a session to its first ReadyForQuery, or to its failure. */
@Name("org.pgreel.Connect")
@Label("Connect")
@Category("PgReel")
@Description("A session connected to PostgreSQL, or could not")
@StackTrace(false)
final class ConnectEvent extends Event {

    @Label("Server")
    @Nullable
    String server;

    @Label("Database")
    @Nullable
    String database;

    @Label("Failure")
    @Description("Why it failed, as ConnectionFailureReason names it; missing if the session got ready")
    @Nullable
    String failure;
}
