package org.pgreel.recorder.recording;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pgreel.recorder.journal.Journal;
import org.pgreel.recorder.journal.JournalReadException;
import org.pgreel.recorder.journal.JournalStripe;
import org.pgreel.recorder.journal.StripeDamage;
import org.pgreel.recorder.journal.StripeEntry;
import org.pgreel.recorder.journal.StripeGroup;
import org.pgreel.recorder.journal.StripeReader;
import org.pgreel.recorder.journal.StripeRecord;
import org.pgreel.recorder.verify.BadEvent;
import org.pgreel.recorder.verify.SessionCheck;
import org.pgreel.recorder.verify.SessionState;

/**
 * A stripe that is followed, or several that are written side by side, whose records are told in the order of their times.
 * One is told when none with a lesser time can come any more: because its time is the next, or because the lowest of the
 * stripes' clocks is past it and all were read since. Confined to one thread.
 */
final class FollowedStripes implements AutoCloseable {

    private final @Nullable StripeGroup group;
    private final Map<String, Stripe> stripes = new LinkedHashMap<>();
    private final Map<Long, Followed> open = new HashMap<>();
    private int sessions;
    private long next;

    /** All records with a lesser time were read, or are among those that wait. */
    private long settled;

    /** One stripe. */
    private static final class Stripe {

        private final String name;
        private final StripeReader reader;
        private @Nullable StripeRecord waiting;
        private boolean retired;

        Stripe(JournalStripe stripe) {
            this.name = stripe.name();
            this.reader = stripe.read();
        }

        long clock() {
            return waiting == null ? Long.MAX_VALUE : waiting.clock();
        }
    }

    private record Followed(int number, SessionCheck check) {}

    /** Finds the stripes that there are, new ones too. */
    interface Finding {

        /** Returns the names of all. */
        Set<String> find();
    }

    FollowedStripes(@Nullable StripeGroup group) {
        this.group = group;
    }

    /** Follows a stripe from now on, unless it does already. */
    void add(JournalStripe stripe) {
        stripes.computeIfAbsent(stripe.name(), name -> new Stripe(stripe));
    }

    /** Hears which stripes there are; the others were retired. */
    void there(Set<String> names) {
        stripes.values().forEach(stripe -> stripe.retired |= !names.contains(stripe.name));
    }

    /** Returns how many sessions were met. */
    int sessions() {
        return sessions;
    }

    /**
     * Tells what came.
     *
     * @param before how many sessions there are in those before
     * @return whether anything came
     */
    boolean poll(int before, Finding finding, JournalFollower.Listener listener) {
        boolean anything = read(finding, listener);
        while (true) {
            Stripe first = first();
            if (first != null && !isDue(first)) {
                settle(finding, listener);
                first = first();
                if (first != null && !isDue(first)) {
                    return anything;
                }
            }
            StripeRecord record = first == null ? null : first.waiting;
            if (first == null || record == null) {
                return anything;
            }
            first.waiting = null;
            next = Math.max(next, record.clock() + 1);
            tell(record, before, listener);
            anything = true;
            // The others are looked at again only when one of them may have what comes before this one's next.
            if (!first.retired) {
                readUnlessRetired(first, finding, listener);
            }
        }
    }

    private @Nullable Stripe first() {
        Stripe first = null;
        for (Stripe stripe : stripes.values()) {
            if (stripe.waiting != null && (first == null || stripe.clock() < first.clock())) {
                first = stripe;
            }
        }
        return first;
    }

    private boolean isDue(Stripe first) {
        return group == null || first.clock() <= next || first.clock() < settled;
    }

    /** Finds out up to which time everything is there; the clock is read before the stripes, also before new ones. */
    private void settle(Finding finding, JournalFollower.Listener listener) {
        long clock = group == null ? Long.MAX_VALUE : group.clock();
        there(finding.find());
        read(finding, listener);
        settled = Math.max(settled, clock);
    }

    /** Reads the next record of each stripe of which none waits. Returns whether there was damage. */
    private boolean read(Finding finding, JournalFollower.Listener listener) {
        boolean damaged = false;
        for (Stripe stripe : List.copyOf(stripes.values())) {
            if (stripe.waiting == null && !stripe.retired) {
                damaged |= readUnlessRetired(stripe, finding, listener);
            }
        }
        return damaged;
    }

    private static boolean readUnlessRetired(Stripe stripe, Finding finding, JournalFollower.Listener listener) {
        try {
            return read(stripe, listener);
        } catch (JournalReadException e) {
            stripe.retired = !finding.find().contains(stripe.name);
            if (!stripe.retired) {
                throw e;
            }
            return false;
        }
    }

    private static boolean read(Stripe stripe, JournalFollower.Listener listener) {
        boolean damaged = false;
        for (StripeEntry entry = stripe.reader.next(); entry != null; entry = stripe.reader.next()) {
            if (entry instanceof StripeRecord record) {
                stripe.waiting = record;
                return damaged;
            } else if (entry instanceof StripeDamage damage) {
                damaged = true;
                String which = damage.record() == Journal.NO_RECORD ? "" : "record " + damage.record() + " ";
                listener.damaged(stripe.name + ": " + which + damage.what());
            }
        }
        return damaged;
    }

    private void tell(StripeRecord record, int before, JournalFollower.Listener listener) {
        Followed followed = open.computeIfAbsent(record.session(), id -> {
            sessions++;
            return new Followed(before + sessions, new SessionCheck(id, false));
        });
        boolean good = followed.check().firstBad() == null;
        followed.check().follow(record, event -> listener.event(followed.number(), event));
        BadEvent bad = followed.check().firstBad();
        if (bad != null && good) {
            listener.damaged(followed.number(), bad);
        }
        if (followed.check().state() == SessionState.WHOLE) {
            open.remove(record.session());
        }
    }

    @Override
    public void close() {
        stripes.values().forEach(stripe -> stripe.reader.close());
    }
}
