package org.pgreel.scenarios.sweep;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The journal of the run in which nothing goes wrong, and what its fold has come to behind each chunk. Every other run of
 * the session begins with the same chunks, which are compared and not read again. Immutable.
 */
final class CalmJournal {
    private final List<RunJournal.Entry> entries;
    private final List<JournalFold.Standing> behind = new ArrayList<>();

    /** Reads a journal, and keeps it. */
    CalmJournal(List<RunJournal.Entry> journal) {
        entries = List.copyOf(journal);
        var fold = new JournalFold();
        for (RunJournal.Entry entry : entries) {
            fold.take(entry);
            behind.add(fold.standing());
        }
    }

    /** Returns the fold of another journal of the session. */
    JournalFold fold(List<RunJournal.Entry> journal) {
        int same = 0;
        while (same < journal.size() && same < entries.size() && equal(entries.get(same), journal.get(same))) {
            same++;
        }
        JournalFold fold = same == 0 ? new JournalFold() : behind.get(same - 1).goOn();
        for (int i = same; i < journal.size(); i++) {
            fold.take(journal.get(i));
        }
        return fold;
    }

    private static boolean equal(RunJournal.Entry one, RunJournal.Entry other) {
        return one.connection() == other.connection()
                && one.direction() == other.direction()
                && Arrays.equals(one.bytes(), other.bytes());
    }
}
