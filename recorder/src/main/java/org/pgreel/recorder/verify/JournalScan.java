package org.pgreel.recorder.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import org.pgreel.recorder.journal.JournalSource;
import org.pgreel.recorder.journal.JournalStripe;

/**
 * Reads a journal once from end to end, checks every event and finds the sessions. What is read stays small: a few
 * numbers a session, whatever its length.
 */
public final class JournalScan {

    private final List<ScannedSession> sessions = new ArrayList<>();
    private final List<String> findings = new ArrayList<>();
    private long records;

    private JournalScan() {}

    /**
     * Scans a journal.
     *
     * @param source the journal; it may be appended to meanwhile, and then its end is where the scan met it
     * @return what was found
     */
    public static JournalScan of(JournalSource source) {
        return of(source, bytes -> {});
    }

    /**
     * Scans a journal and says how far it is.
     *
     * @param source the journal; it may be appended to meanwhile, and then its end is where the scan met it
     * @param progress told how many bytes of records were read since it was told before
     * @return what was found
     */
    public static JournalScan of(JournalSource source, LongConsumer progress) {
        List<StripeScan> scans = new ArrayList<>();
        int sessions = 0;
        for (JournalStripe stripe : source.stripes()) {
            StripeScan part = new StripeScan(stripe, sessions, StripeScan.Listener.of(progress));
            part.run();
            sessions += part.sessions().size();
            scans.add(part);
        }
        return of(source, scans);
    }

    /**
     * Puts the scans of stripes together.
     *
     * @param source what was scanned
     * @param stripes the scans of its stripes, in its order, each of which was run
     */
    public static JournalScan of(JournalSource source, List<StripeScan> stripes) {
        JournalScan scan = new JournalScan();
        for (StripeScan stripe : stripes) {
            scan.findings.addAll(stripe.findings());
            scan.records += stripe.records();
        }
        scan.sessions.addAll(SessionOrder.of(source, stripes));
        return scan;
    }

    /** Returns the sessions, in the order of their beginning. */
    public List<ScannedSession> sessions() {
        return List.copyOf(sessions);
    }

    /** Returns what is wrong with the journal itself, one sentence each; empty if nothing is. */
    public List<String> findings() {
        return List.copyOf(findings);
    }

    /** Returns how many records could be read. */
    public long records() {
        return records;
    }
}
