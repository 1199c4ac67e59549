package org.pgreel.recorder.importing;

import java.io.IOException;
import java.io.InputStream;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.message.AuthenticationOk;
import org.pgreel.protocol.message.Message;
import org.pgreel.protocol.message.ReadyForQuery;
import org.pgreel.protocol.message.StartupMessage;
import org.pgreel.protocol.message.TransactionStatus;
import org.pgreel.protocol.wire.MessageWriter;
import org.pgreel.recorder.OnJournalFailure;
import org.pgreel.recorder.Recorder;
import org.pgreel.recorder.SessionRecorder;
import org.pgreel.recorder.journal.Journal;
import org.pgreel.tap.SessionOpening;

/**
 * Reads a trace of libpq. It lacks the login, CopyData and, in regress mode, OIDs and lengths: what is missing is said,
 * and the session is marked so that nobody replays it.
 */
final class PqtraceImport {

    private static final Pattern LINE = Pattern.compile(
            "(?:(?<time>\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\\.\\d{6})\t)?(?<side>[FB])\t(?<length>\\d+|NN)\t(?<rest>.*)",
            Pattern.DOTALL);

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSSSSS");

    private final ImportLines lines;
    private final ImportClock clock = new ImportClock();
    private final SessionRecorder session;
    private int messages;
    private int hidden;
    private int copies;
    private int unread;
    private long lineNumber;

    PqtraceImport(InputStream in, Journal journal) {
        this.lines = new ImportLines(in);
        Recorder recorder = new Recorder(journal, clock, OnJournalFailure.FAIL_SESSION);
        this.session = recorder.opened(new SessionOpening(SessionOpening.Role.CLIENT, "", "", Map.of()));
    }

    ImportReport run() throws IOException {
        session.connectionOpened(1);
        made(true, StartupMessage.of(StartupMessage.VERSION_3_0, Map.of("user", "unknown")));
        made(false, new AuthenticationOk());
        made(false, new ReadyForQuery(TransactionStatus.IDLE));
        StringBuilder whole = null;
        for (String line = lines.nextLatin(); line != null; line = lines.nextLatin()) {
            if (LINE.matcher(line).matches()) {
                take(whole);
                whole = new StringBuilder(line);
                lineNumber = lines.number();
            } else if (whole == null) {
                throw new ImportException(
                        "Line " + lines.number() + " is none of PQtrace: F or B, a tab, a length, a tab, a message.");
            } else if (!line.startsWith("mismatched message length:")) {
                // A text may have several lines, and libpq does not escape their ends.
                whole.append('\n').append(line);
            }
        }
        take(whole);
        if (messages == 0) {
            throw new ImportException("There is no message in it.");
        }
        List<String> lost = lost();
        session.damaged("Imported from a trace of libpq: " + lost.get(0));
        return new ImportReport(1, lost);
    }

    private List<String> lost() {
        List<String> lost = new ArrayList<>();
        lost.add(
                "A trace of libpq holds neither the login, which was made up, nor CopyData, so the session can be shown"
                        + " and never replayed.");
        if (copies > 0) {
            lost.add(copies + " messages of CopyData are told of without their data.");
        }
        if (hidden > 0) {
            lost.add(hidden + " messages lack what the regress mode hides (OIDs, process ids, places in the server's"
                    + " source), or hold a text that could be read in two ways.");
        }
        if (unread > 0) {
            lost.add(unread + " messages could not be read and are left out.");
        }
        return lost;
    }

    private void made(boolean frontend, Message message) {
        var writer = new MessageWriter();
        message.encode(writer);
        said(frontend, writer.toBytes().toArray());
    }

    private void said(boolean frontend, byte[] bytes) {
        if (frontend) {
            session.written(1, bytes, 0, bytes.length);
        } else {
            session.read(1, bytes, 0, bytes.length);
        }
    }

    private void take(@Nullable CharSequence line) {
        Matcher found = line == null ? null : LINE.matcher(line);
        if (found == null || !found.matches()) {
            return;
        }
        messages++;
        time(found.group("time"));
        String rest = found.group("rest");
        if (rest.isEmpty() || rest.startsWith("CopyData")) {
            copies++;
            return;
        }
        boolean frontend = found.group("side").equals("F");
        String digits = found.group("length");
        try {
            int length = digits.equals("NN") ? -1 : Integer.parseInt(digits);
            TraceLine.Read read = TraceLine.of(frontend, length, rest);
            hidden += read.hidden() ? 1 : 0;
            said(frontend, read.bytes().toArray());
        } catch (ImportException e) {
            unread++;
        } catch (NumberFormatException e) {
            throw new ImportException("Line " + lineNumber + ": " + digits + " is no length.");
        }
    }

    private void time(@Nullable String time) {
        if (time == null) {
            return;
        }
        try {
            LocalDateTime local = LocalDateTime.parse(time, TIME);
            clock.set(ChronoUnit.NANOS.between(LocalDateTime.ofEpochSecond(0, 0, ZoneOffset.UTC), local));
        } catch (DateTimeException e) {
            throw new ImportException("Line " + lineNumber + ": \"" + time + "\" is no time.");
        }
    }
}
