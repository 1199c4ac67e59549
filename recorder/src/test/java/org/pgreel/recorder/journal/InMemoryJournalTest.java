package org.pgreel.recorder.journal;

/** The journal in memory keeps the contract. */
class InMemoryJournalTest implements JournalContract {

    @Override
    public Journal empty() {
        return new InMemoryJournal("run");
    }
}
