package org.pgreel.recorder.recording;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.pgreel.recorder.chronicle.JournalDirectory;
import org.pgreel.recorder.event.SessionEvent;
import org.pgreel.recorder.journal.JournalSource;
import org.pgreel.recorder.journal.JournalStripe;
import org.pgreel.recorder.journal.StripeGroup;
import org.pgreel.recorder.verify.BadEvent;

/**
 * Reads a journal while it is written: whatever comes is told once, checked, in order within its session and between the
 * sessions of a run: what one session was told before another said something comes before that. It reads plain files and holds
 * nothing that a writer waits for, so any number may follow. Confined to one thread.
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
    private final Map<String, FollowedStripes> followed = new LinkedHashMap<>();

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
        for (FollowedStripes stripes : List.copyOf(followed.values())) {
            stripes.there(there);
            anything |= stripes.poll(before, this::find, listener);
            before += stripes.sessions();
        }
        return anything;
    }

    /** Finds the stripes that there are; those that are new are followed from now on. */
    private Set<String> find() {
        Set<String> there = new HashSet<>();
        for (JournalStripe stripe : source.stripes()) {
            StripeGroup group = stripe.group();
            String name = group == null ? stripe.name() : group.name();
            followed.computeIfAbsent(name, key -> new FollowedStripes(group)).add(stripe);
            there.add(stripe.name());
        }
        return there;
    }

    @Override
    public void close() {
        followed.values().forEach(FollowedStripes::close);
    }
}
