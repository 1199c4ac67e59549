package org.pgreel.recorder.proxy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.pgreel.recorder.journal.InMemoryJournal;
import org.pgreel.recorder.journal.Journal;
import org.pgreel.recorder.journal.JournalStripe;
import org.pgreel.recorder.journal.JournalWriteException;

/** A journal in memory that takes everything but records with a certain text in them. */
final class RefusingJournal implements Journal {

    private final InMemoryJournal records = new InMemoryJournal("run");
    private final String refused;

    RefusingJournal(String refused) {
        this.refused = refused;
    }

    @Override
    public String run() {
        return records.run();
    }

    @Override
    public long newSession() {
        return records.newSession();
    }

    @Override
    public long append(long session, long previous, byte[] buffer, int from, int to) {
        if (new String(buffer, from, to - from, StandardCharsets.ISO_8859_1).contains(refused)) {
            throw new JournalWriteException("The disk is broken just there.", null);
        }
        return records.append(session, previous, buffer, from, to);
    }

    @Override
    public long appendLast(long session, long previous, byte[] buffer, int from, int to) {
        return records.appendLast(session, previous, buffer, from, to);
    }

    @Override
    public void close() {
        records.close();
    }

    @Override
    public List<JournalStripe> stripes() {
        return records.stripes();
    }
}
