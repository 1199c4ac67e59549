package org.pgreel.recorder.verify;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.pgreel.recorder.journal.JournalSource;
import org.pgreel.recorder.journal.JournalStripe;
import org.pgreel.recorder.journal.StripeEntry;
import org.pgreel.recorder.journal.StripeGroup;
import org.pgreel.recorder.journal.StripeReader;
import org.pgreel.recorder.journal.StripeRecord;

/**
 * Brings the sessions of all stripes into the order of their beginning and numbers them. Stripes follow each other, but for
 * those that were written side by side: there the sessions' ids tell.
 *
 * <p>Stripes are read one after the other while they are written, so a session may have been met whose predecessor began
 * just after its own stripe had been read. It would get another number in the next reading, so it is left to that one, with
 * those behind it: each reading shows the journal as it stood at some moment.
 */
final class SessionOrder {

    private final JournalSource source;
    private final List<ScannedSession> sessions = new ArrayList<>();

    private SessionOrder(JournalSource source) {
        this.source = source;
    }

    /**
     * Returns the sessions in their order.
     *
     * @param source what was scanned
     * @param stripes the scans of its stripes, in its order
     */
    static List<ScannedSession> of(JournalSource source, List<StripeScan> stripes) {
        SessionOrder order = new SessionOrder(source);
        for (int from = 0; from < stripes.size(); ) {
            StripeGroup group = stripes.get(from).stripe().group();
            int to = from + 1;
            while (group != null
                    && to < stripes.size()
                    && isOf(group, stripes.get(to).stripe())) {
                to++;
            }
            if (group == null) {
                order.sessions.addAll(stripes.get(from).sessions());
            } else {
                order.add(group, stripes.subList(from, to));
            }
            from = to;
        }
        for (int i = 0; i < order.sessions.size(); i++) {
            order.sessions.get(i).number(i + 1);
        }
        return order.sessions;
    }

    private static boolean isOf(StripeGroup group, JournalStripe stripe) {
        StripeGroup other = stripe.group();
        return other != null && other.name().equals(group.name());
    }

    private void add(StripeGroup group, List<StripeScan> stripes) {
        List<ScannedSession> together = new ArrayList<>();
        stripes.forEach(stripe -> together.addAll(stripe.sessions()));
        together.sort(Comparator.comparingLong(session -> group.ordinal(session.id())));
        int count = together.size();
        if (count > 0 && group.ordinal(together.get(count - 1).id()) != count) {
            long missed = firstMissed(group, stripes);
            together.removeIf(session -> group.ordinal(session.id()) > missed);
        }
        sessions.addAll(together);
    }

    /** Returns the ordinal of the first session that began since its stripe was read. */
    private long firstMissed(StripeGroup group, List<StripeScan> stripes) {
        Map<String, StripeScan> scans = new HashMap<>();
        Set<Long> known = new HashSet<>();
        for (StripeScan scan : stripes) {
            scans.put(scan.stripe().name(), scan);
            scan.sessions().forEach(session -> known.add(session.id()));
        }
        long first = Long.MAX_VALUE;
        for (JournalStripe stripe : source.stripes()) {
            if (isOf(group, stripe)) {
                StripeScan scan = scans.get(stripe.name());
                long position = scan == null || scan.lastNumber() < 0 ? 0 : scan.lastPosition();
                first = Math.min(first, firstMissed(group, known, stripe, position));
            }
        }
        return first;
    }

    private static long firstMissed(StripeGroup group, Set<Long> known, JournalStripe stripe, long position) {
        long first = Long.MAX_VALUE;
        try (StripeReader reader = stripe.read(position)) {
            for (StripeEntry entry = reader.next(); entry != null; entry = reader.next()) {
                if (entry instanceof StripeRecord record && !known.contains(record.session())) {
                    first = Math.min(first, group.ordinal(record.session()));
                }
            }
        }
        return first;
    }
}
