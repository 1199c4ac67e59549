package org.pgreel.replay.source;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.message.BackendMessage;
import org.pgreel.replay.report.RecordedConnectionId;

/**
 * A recorded connection, ready to be played to a client: what the client must send, and what it gets for it.
 *
 * <p>The recorded login is not part of it: negotiation of TLS, the exchange of passwords and the cancel key belong to
 * the time of the recording. What is left begins behind AuthenticationOk. The bytes are kept in memory, those of large
 * answers in a file, and shared by all who play them; an immutable value.
 *
 * @param id where it was recorded
 * @param startup the parameters of its StartupMessage
 * @param greeting what the server said behind AuthenticationOk, up to the first ReadyForQuery or the end of the
 *     connection; the key of its BackendKeyData is masked
 * @param ready whether it reached ReadyForQuery
 * @param processId the process id of its BackendKeyData; null if there was none
 * @param frontend what the client sent after that, a Terminate at its end not included
 * @param releases what the server sent after its greeting
 * @param ending how it ended
 * @param chapters where chapters of the recording begin in its session, in order; empty if it has none
 */
public record PlayableConnection(
        RecordedConnectionId id,
        Map<String, String> startup,
        List<BackendMessage> greeting,
        boolean ready,
        @Nullable Integer processId,
        List<ExpectedMessage> frontend,
        List<Release> releases,
        Ending ending,
        List<Chapter> chapters) {

    /** Copies the collections. */
    public PlayableConnection {
        startup = Map.copyOf(startup);
        greeting = List.copyOf(greeting);
        frontend = List.copyOf(frontend);
        releases = List.copyOf(releases);
        chapters = List.copyOf(chapters);
    }

    /** Returns the name of the chapter to which the message of that number belongs; "" before the first. */
    public String chapter(long message) {
        String name = "";
        for (Chapter chapter : chapters) {
            if (chapter.after() < message) {
                name = chapter.name();
            }
        }
        return name;
    }
}
