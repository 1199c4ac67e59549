package org.pgreel.recorder.index;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.pgreel.recorder.Conversations;
import org.pgreel.recorder.ManualClock;
import org.pgreel.recorder.OnJournalFailure;
import org.pgreel.recorder.Recorder;
import org.pgreel.recorder.chronicle.ChronicleJournal;
import org.pgreel.recorder.journal.Journal;
import org.pgreel.tap.SessionTap;

/**
 * Writes a journal of any size: one session that lasts from the beginning to the end and holds half of it, one that logs
 * in at the beginning and speaks again at the end only, and many short ones beside them.
 *
 * <p>By hand: {@code java -cp … org.pgreel.recorder.index.GreatJournal DIR MEBIBYTES SESSIONS}.
 */
final class GreatJournal {

    private static final int ROWS_OF_ANSWER = 40;
    private static final int ROW_BYTES = 180;
    private static final int QUERIES_OF_SHORT = 20;

    private GreatJournal() {}

    /** Writes a journal; see the class. */
    public static void main(String[] arguments) {
        try (ChronicleJournal journal = ChronicleJournal.open(Path.of(arguments[0]))) {
            long queries = write(journal, Long.parseLong(arguments[1]) << 20, Integer.parseInt(arguments[2]));
            System.out.println("the long session has " + queries + " queries");
        }
    }

    /**
     * Appends the sessions.
     *
     * @param bytes about how many bytes they hold together
     * @param shortSessions how many short ones there are
     * @return how many queries the long session has
     */
    static long write(Journal journal, long bytes, int shortSessions) {
        Recorder recorder = new Recorder(journal, new ManualClock(), OnJournalFailure.FAIL_SESSION);
        SessionTap longOne = Conversations.begin(recorder);
        SessionTap idle = Conversations.begin(recorder);
        byte[] answer = answer();
        long inLong = 0;
        long queries = 0;
        for (int i = 0; i < shortSessions; i++) {
            while (inLong < bytes / 2 * (i + 1) / shortSessions) {
                prepared(longOne, queries++, answer);
                inLong += answer.length;
            }
            SessionTap one = Conversations.begin(recorder);
            long each = bytes / 2 / shortSessions;
            for (int query = 0; query < QUERIES_OF_SHORT || query * (long) answer.length < each; query++) {
                Conversations.written(one, Conversations.query("select * from orders where customer = " + query));
                Conversations.read(one, answer);
            }
            Conversations.end(one);
        }
        Conversations.ask(idle, 1);
        Conversations.end(idle);
        Conversations.written(longOne, Conversations.message('Q', Conversations.string("listen the_end")));
        Conversations.read(longOne, Conversations.message('C', Conversations.string("LISTEN")));
        Conversations.read(longOne, Conversations.message('Z', Conversations.bytes("I")));
        Conversations.end(longOne);
        return queries;
    }

    private static void prepared(SessionTap session, long number, byte[] rows) {
        String name = "s" + number % 100;
        boolean first = number < 100;
        byte[] parse = first
                ? Conversations.message(
                        'P', Conversations.string(name), Conversations.string("select " + number), new byte[2])
                : new byte[0];
        Conversations.written(
                session,
                Conversations.join(
                        parse,
                        Conversations.message('B', Conversations.string(""), Conversations.string(name), new byte[6]),
                        Conversations.message('E', Conversations.string(""), new byte[4]),
                        Conversations.message('S')));
        Conversations.read(
                session,
                Conversations.join(first ? Conversations.message('1') : new byte[0], Conversations.message('2'), rows));
    }

    /** Rows of one text column, CommandComplete and ReadyForQuery. */
    private static byte[] answer() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; text.length() < ROW_BYTES; i++) {
            text.append("order ").append(i * 7919).append(", ");
        }
        byte[] row = text.substring(0, ROW_BYTES).getBytes(StandardCharsets.UTF_8);
        byte[][] parts = new byte[ROWS_OF_ANSWER + 2][];
        for (int i = 0; i < ROWS_OF_ANSWER; i++) {
            parts[i] = Conversations.message('D', new byte[] {0, 1}, Conversations.int4(row.length), row);
        }
        parts[ROWS_OF_ANSWER] = Conversations.message('C', Conversations.string("SELECT " + ROWS_OF_ANSWER));
        parts[ROWS_OF_ANSWER + 1] = Conversations.message('Z', Conversations.bytes("I"));
        return Conversations.join(parts);
    }
}
