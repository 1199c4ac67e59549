package org.pgreel.scenarios.sweep;

import java.util.List;
import java.util.Optional;

/** What must hold behind each run, whatever went wrong in it. */
public interface Invariant {
    /** All of them, in the order in which they are told. */
    List<Invariant> ALL = List.of(
            new EndsInTime(),
            new TerminalOnce(),
            new CompletedOnce(),
            new OwnAnswers(),
            new NothingAfterShutdown(),
            new LittleHeld(),
            new NothingLeft(),
            new FoldOfJournal());

    /** Returns its name, by which it is counted. */
    String name();

    /** Returns what must hold, one sentence. */
    String sentence();

    /** Returns how a run breaks it; empty if it holds. */
    Optional<String> broken(Subject subject, Trace trace);
}
