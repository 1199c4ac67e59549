package org.pgreel.recorder.importing;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.message.StartupMessage;
import org.pgreel.protocol.transcript.Item;
import org.pgreel.protocol.transcript.NotationException;
import org.pgreel.protocol.transcript.Transcript;
import org.pgreel.protocol.transcript.TranscriptParser;
import org.pgreel.protocol.wire.Bytes;
import org.pgreel.protocol.wire.Direction;
import org.pgreel.protocol.wire.MessageWriter;
import org.pgreel.recorder.OnJournalFailure;
import org.pgreel.recorder.Recorder;
import org.pgreel.recorder.journal.Journal;
import org.pgreel.tap.By;
import org.pgreel.tap.EndKind;
import org.pgreel.tap.SessionOpening;
import org.pgreel.tap.SessionTap;

/**
 * Reads scripts that say each message in full, such as exported ones: a session a connection. What stands for several
 * conversations (blocks, wildcards, faults) is refused with its line.
 */
final class ScriptImport {

    private static final Pattern BLOCK = Pattern.compile("connection (\\d+|cancel) \\{");

    private final ImportLines lines;
    private final Recorder recorder;
    private final List<String> lost = new ArrayList<>();
    private @Nullable SessionTap session;
    private int sessions;
    private boolean block;
    private boolean skipping;
    private boolean ended;
    private boolean madeUp;

    ScriptImport(InputStream in, Journal journal) {
        this.lines = new ImportLines(in);
        this.recorder = new Recorder(journal, new ImportClock(), OnJournalFailure.FAIL_SESSION);
    }

    ImportReport run() throws IOException {
        try {
            for (String line = lines.next(); line != null; line = lines.next()) {
                String text = line.strip();
                if (!text.isEmpty() && !text.startsWith("#")) {
                    line(text);
                }
            }
            end();
        } catch (ImportException e) {
            throw new ImportException("Line " + lines.number() + ": " + e.getMessage() + ".");
        } catch (NotationException e) {
            throw new ImportException("Line " + lines.number() + ": " + e.problem() + ".");
        }
        if (sessions == 0) {
            throw new ImportException("There is no message in it.");
        }
        lost.add(0, "The script holds neither times nor addresses, nor how messages were cut.");
        if (madeUp) {
            lost.add("The script holds no login; one on trust, of the user \"unknown\", was made up.");
        }
        return new ImportReport(sessions, lost);
    }

    private void line(String text) {
        if (BLOCK.matcher(text).matches()) {
            end();
            block = true;
            skipping = text.contains("cancel");
            if (skipping) {
                lost.add("A CancelRequest was left out: its key stands in no script.");
            }
        } else if (text.equals("}") && block) {
            end();
        } else if (!skipping) {
            item(text);
        }
    }

    private void item(String text) {
        if (text.equals("use startup")) {
            madeUp = true;
            written(encoded(StartupMessage.of(StartupMessage.VERSION_3_0, Map.of("user", "unknown"))));
            return;
        }
        if (text.equals("B BackendKeyData <pid> <key>")) {
            return;
        }
        if (text.equals("F end")) {
            closed(EndKind.FIN, By.CLIENT);
            return;
        }
        Transcript transcript = TranscriptParser.parse(text);
        Item item = transcript.lines().get(0).item();
        if (item instanceof Item.MessageItem message) {
            said(message.direction(), transcript);
        } else if (item instanceof Item.EventItem event) {
            event(event, transcript);
        } else if (item instanceof Item.Note note) {
            session().marker(note.text());
        } else if (!(item instanceof Item.Blank || item instanceof Item.Boundary)) {
            throw new ImportException("only messages and events stand for one conversation, and this is neither");
        }
    }

    private void event(Item.EventItem event, Transcript transcript) {
        boolean frontend = event.direction() == Direction.FRONTEND;
        switch (event.name()) {
            case "raw" -> said(event.direction(), transcript);
            case "connect" -> session();
            case "reset" -> closed(EndKind.RESET, frontend ? By.CLIENT : By.SERVER);
            case "eof", "close" -> closed(EndKind.FIN, frontend ? By.CLIENT : By.SERVER);
            default -> throw new ImportException("\"" + event.name() + "\" is for scripts that are played");
        }
    }

    private void said(Direction direction, Transcript transcript) {
        byte[] bytes = transcript.bytes(direction).toArray();
        if (direction == Direction.FRONTEND) {
            written(bytes);
        } else {
            session().read(1, bytes, 0, bytes.length);
        }
    }

    private void written(byte[] bytes) {
        session().written(1, bytes, 0, bytes.length);
    }

    private static byte[] encoded(StartupMessage message) {
        var writer = new MessageWriter();
        message.encode(writer);
        Bytes bytes = writer.toBytes();
        return bytes.toArray();
    }

    private SessionTap session() {
        SessionTap current = session;
        if (current == null) {
            sessions++;
            ended = false;
            current = recorder.sessionOpened(new SessionOpening(SessionOpening.Role.PROXY, "", "", Map.of()));
            current.connectionOpened(1);
            session = current;
        }
        return current;
    }

    private void closed(EndKind how, By by) {
        SessionTap current = session();
        if (!ended) {
            ended = true;
            current.connectionClosed(1, how, by);
            current.closed(by, how);
        }
    }

    /** A connection's lines are over; one whose end is not told stays open. */
    private void end() {
        session = null;
        block = false;
        skipping = false;
    }
}
