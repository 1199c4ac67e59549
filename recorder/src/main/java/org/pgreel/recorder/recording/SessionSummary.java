package org.pgreel.recorder.recording;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.message.Execute;
import org.pgreel.protocol.message.FunctionCall;
import org.pgreel.protocol.message.Message;
import org.pgreel.protocol.message.Query;
import org.pgreel.protocol.message.StartupMessage;
import org.pgreel.recorder.event.SessionClosed;
import org.pgreel.recorder.event.SessionOpened;
import org.pgreel.recorder.index.SessionFacts;
import org.pgreel.recorder.journal.JournalDamagedException;
import org.pgreel.recorder.verify.SessionState;
import org.pgreel.tap.By;
import org.pgreel.tap.EndKind;

/**
 * A session in one line, as a list of sessions shows it.
 *
 * @param number its number, from 1
 * @param time the time of day at which it began; null if its beginning cannot be read
 * @param client where the frontend is; empty if not known
 * @param server where the backend is; empty if not known
 * @param user the user that the first StartupMessage names; empty if none came
 * @param database the database that it names (the user's if it names none)
 * @param statements how many Query, Execute and FunctionCall messages the frontend sent
 * @param messages how many messages both sides sent
 * @param bytes how many bytes both sides sent
 * @param how how it ended; null if it is open, or no connection was ever up
 * @param by who ended it; null if it is open
 * @param state what can be said of it as a whole; the counts of a damaged one end at its first bad event
 * @param edited whether its lines in a text tape were changed since it was written
 */
public record SessionSummary(
        int number,
        @Nullable Instant time,
        String client,
        String server,
        String user,
        String database,
        long statements,
        long messages,
        long bytes,
        @Nullable EndKind how,
        @Nullable By by,
        SessionState state,
        boolean edited) {

    /**
     * Sums up a session, by reading it once unless an index tells.
     *
     * @param session the session
     */
    public static SessionSummary of(RecordedSession session) {
        Counts counts = new Counts();
        SessionFacts facts = session.facts();
        if (facts != null) {
            counts.told(facts);
        } else {
            counts.read(session);
        }
        SessionOpened opened = session.opened();
        SessionClosed closed = session.closed();
        return new SessionSummary(
                session.number(),
                opened == null ? null : opened.began(),
                opened == null ? "" : opened.clientAddress(),
                opened == null ? "" : opened.serverAddress(),
                counts.user,
                counts.database.isEmpty() ? counts.user : counts.database,
                counts.statements,
                counts.messages,
                session.bytesWritten() + session.bytesRead(),
                closed == null ? null : closed.how(),
                closed == null ? null : closed.by(),
                counts.damaged ? SessionState.DAMAGED : session.state(),
                session.edited());
    }

    /** What is counted on the way. */
    private static final class Counts {

        private long statements;
        private long messages;
        private String user = "";
        private String database = "";
        private boolean damaged;

        void told(SessionFacts facts) {
            messages = facts.messages();
            statements = facts.statements();
            user = facts.user();
            database = facts.database();
        }

        void read(RecordedSession session) {
            try {
                session.messages().forEach(this::count);
            } catch (JournalDamagedException e) {
                // The state says so, and the counts are those of what could be read.
                damaged = true;
            }
        }

        void count(RecordedMessage recorded) {
            messages++;
            if (!(recorded.content() instanceof RecordedMessage.Decoded decoded)) {
                return;
            }
            Message message = decoded.message();
            if (message instanceof Query || message instanceof Execute || message instanceof FunctionCall) {
                statements++;
            } else if (message instanceof StartupMessage startup && user.isEmpty()) {
                user = parameter(startup, "user");
                database = parameter(startup, "database");
            }
        }

        private static String parameter(StartupMessage startup, String name) {
            String value = startup.parameter(name);
            return value == null ? "" : value;
        }
    }
}
