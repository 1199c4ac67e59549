package org.pgreel.client.observation;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/** The server broke the protocol, which ended a session. */
@Name("org.pgreel.Violation")
@Label("Protocol Violation")
@Category("PgReel")
@Description("The server broke the protocol, which ended the session")
@StackTrace(false)
final class ViolationEvent extends Event {

    @Label("Server")
    @Nullable
    String server;

    @Label("Violation")
    @Nullable
    String violation;
}
