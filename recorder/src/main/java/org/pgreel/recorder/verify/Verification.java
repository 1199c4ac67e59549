package org.pgreel.recorder.verify;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.pgreel.recorder.event.SessionOpened;
import org.pgreel.recorder.journal.JournalSource;

/**
 * What verification says of a journal: it detects damage, not forgery.
 *
 * @param sessions one verdict a session, in the order of their beginning
 * @param findings what is wrong with the journal itself, one sentence each
 */
public record Verification(List<SessionVerdict> sessions, List<String> findings) {

    /** Keeps its own copies of the lists. */
    public Verification {
        sessions = List.copyOf(sessions);
        findings = List.copyOf(findings);
    }

    /**
     * Verifies a journal by reading all of it.
     *
     * @param source the journal
     */
    public static Verification of(JournalSource source) {
        return of(JournalScan.of(source));
    }

    /**
     * Gives the verdicts of a scan.
     *
     * @param scan the scan
     */
    public static Verification of(JournalScan scan) {
        List<SessionVerdict> verdicts = new ArrayList<>();
        for (ScannedSession session : scan.sessions()) {
            SessionCheck check = session.check();
            SessionOpened opened = check.opened();
            Instant began = opened == null ? null : opened.began();
            Instant lastEvent =
                    opened == null || began == null ? null : began.plusNanos(check.lastNanos() - opened.nanos());
            verdicts.add(new SessionVerdict(
                    session.number(),
                    check.state(),
                    check.nextSequence(),
                    check.bytesWritten() + check.bytesRead(),
                    lastEvent,
                    check.firstBad()));
        }
        return new Verification(verdicts, scan.findings());
    }

    /** Returns whether no session is damaged and nothing is wrong with the journal itself. */
    public boolean sound() {
        return findings.isEmpty() && sessions.stream().noneMatch(verdict -> verdict.state() == SessionState.DAMAGED);
    }

    /** Returns whether every session has its end, beyond being sound. */
    public boolean complete() {
        return sound() && sessions.stream().noneMatch(verdict -> verdict.state() == SessionState.OPEN);
    }
}
