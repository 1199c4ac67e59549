package org.pgreel.recorder.recording;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.pgreel.recorder.chronicle.JournalDirectory;
import org.pgreel.recorder.event.SessionEvent;
import org.pgreel.recorder.journal.Journal;
import org.pgreel.recorder.journal.JournalReadException;
import org.pgreel.recorder.journal.JournalSource;
import org.pgreel.recorder.journal.JournalStripe;
import org.pgreel.recorder.journal.StripeDamage;
import org.pgreel.recorder.journal.StripeEntry;
import org.pgreel.recorder.journal.StripeReader;
import org.pgreel.recorder.journal.StripeRecord;
import org.pgreel.recorder.verify.BadEvent;
import org.pgreel.recorder.verify.SessionCheck;
import org.pgreel.recorder.verify.SessionState;

/**
 * Reads a journal while it is written: whatever comes is told once, in order within its session, checked. It reads plain
 * files and holds nothing that a writer waits for, so any number may follow. Confined to one thread.
 */
public final class JournalFollower implements AutoCloseable {

    /** Hears what comes. */
    public interface Listener {

        /**
         * A good event.
         *
         * @param session the session's number, from 1 in the order of beginning as far as it is known
         * @param event the event
         */
        void event(int session, SessionEvent event);

        /**
         * Nothing more is told of a session, because it is damaged.
         *
         * @param session the session's number
         * @param bad its first bad event
         */
        void damaged(int session, BadEvent bad);

        /**
         * Something is wrong with the journal itself.
         *
         * @param what what is wrong, as a sentence
         */
        void damaged(String what);
    }

    private final JournalSource source;
    private final Map<String, Stripe> stripes = new LinkedHashMap<>();

    /** One stripe. */
    private static final class Stripe {

        private final StripeReader reader;
        private final Map<Long, Followed> open = new HashMap<>();
        private int sessions;
        private boolean retired;

        Stripe(JournalStripe stripe) {
            this.reader = stripe.read();
        }
    }

    private record Followed(int number, SessionCheck check) {}

    /**
     * Follows a journal.
     *
     * @param journal the journal
     */
    public JournalFollower(JournalSource journal) {
        this.source = journal;
    }

    /**
     * Follows the journal in a directory.
     *
     * @param directory the directory
     * @return the follower; it has read nothing yet
     * @throws org.pgreel.recorder.journal.NotAJournalException if there is none
     */
    public static JournalFollower of(Path directory) {
        return new JournalFollower(JournalDirectory.open(directory));
    }

    /**
     * Reads what came since the call before, and tells it.
     *
     * @param listener whom to tell
     * @return whether anything came
     */
    public boolean poll(Listener listener) {
        Set<String> there = find();
        boolean anything = false;
        int before = 0;
        for (Map.Entry<String, Stripe> entry : stripes.entrySet()) {
            Stripe stripe = entry.getValue();
            stripe.retired |= !there.contains(entry.getKey());
            if (!stripe.retired) {
                anything |= pollUnlessRetired(entry.getKey(), stripe, before, listener);
            }
            before += stripe.sessions;
        }
        return anything;
    }

    /** Finds the stripes that there are; those that are new are followed from now on. */
    private Set<String> find() {
        Set<String> there = new HashSet<>();
        for (JournalStripe stripe : source.stripes()) {
            stripes.computeIfAbsent(stripe.name(), name -> new Stripe(stripe));
            there.add(stripe.name());
        }
        return there;
    }

    private boolean pollUnlessRetired(String name, Stripe stripe, int before, Listener listener) {
        try {
            return poll(name, stripe, before, listener);
        } catch (JournalReadException e) {
            stripe.retired = !find().contains(name);
            if (!stripe.retired) {
                throw e;
            }
            return false;
        }
    }

    private static boolean poll(String name, Stripe stripe, int before, Listener listener) {
        boolean anything = false;
        for (StripeEntry entry = stripe.reader.next(); entry != null; entry = stripe.reader.next()) {
            anything = true;
            if (entry instanceof StripeRecord record) {
                record(stripe, record, before, listener);
            } else if (entry instanceof StripeDamage damage) {
                String which = damage.record() == Journal.NO_RECORD ? "" : "record " + damage.record() + " ";
                listener.damaged(name + ": " + which + damage.what());
            }
        }
        return anything;
    }

    private static void record(Stripe stripe, StripeRecord record, int before, Listener listener) {
        Followed followed = stripe.open.computeIfAbsent(record.session(), id -> {
            stripe.sessions++;
            return new Followed(before + stripe.sessions, new SessionCheck(id, false));
        });
        boolean good = followed.check().firstBad() == null;
        followed.check().follow(record, event -> listener.event(followed.number(), event));
        BadEvent bad = followed.check().firstBad();
        if (bad != null && good) {
            listener.damaged(followed.number(), bad);
        }
        if (followed.check().state() == SessionState.WHOLE) {
            stripe.open.remove(record.session());
        }
    }

    @Override
    public void close() {
        stripes.values().forEach(stripe -> stripe.reader.close());
    }
}
