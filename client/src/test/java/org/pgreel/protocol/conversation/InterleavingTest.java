package org.pgreel.protocol.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.pgreel.protocol.conversation.ScriptedSession.Step;

/**
 * Whoever looks on, and however the network delays the two directions: the same verdict and the same final value.
 *
 * <p>Every interleaving is tried, not a choice of them: the values that are reached after so many messages of the one
 * direction and so many of the other, by whatever path, are few, and each is taken on.
 */
final class InterleavingTest {

    @Property(tries = 3000)
    void delayChangesNeitherVerdictNorValue(@ForAll long seed) {
        GeneratedSession session = GeneratedSession.of(new Random(seed));
        Assume.that(!session.ambiguous());

        assertThat(finalValues(session)).as("%s", session).hasSize(1);
    }

    /** Fills the grid of how many messages each direction has delivered, line by line. */
    private static Set<Conversation> finalValues(GeneratedSession session) {
        List<Set<Conversation>> line = new ArrayList<>();
        for (int f = 0; f <= session.frontend().size(); f++) {
            List<Set<Conversation>> above = line;
            line = new ArrayList<>();
            for (int b = 0; b <= session.backend().size(); b++) {
                Set<Conversation> values = new HashSet<>();
                if (f == 0 && b == 0) {
                    values.add(Conversation.begin());
                }
                if (f > 0 && session.frontendMay(f - 1, b)) {
                    takeOn(session, above.get(b), session.frontend().get(f - 1), values);
                }
                if (b > 0 && session.backendMay(f, b - 1)) {
                    takeOn(session, line.get(b - 1), session.backend().get(b - 1), values);
                }
                line.add(values);
            }
        }
        return line.get(session.backend().size());
    }

    private static void takeOn(GeneratedSession session, Set<Conversation> from, Step step, Set<Conversation> to) {
        for (Conversation value : from) {
            Conversation next = value.after(step.from(), step.message());
            assertThat(next.violation()).as("%s in %s", step, session).isNull();
            to.add(next);
        }
    }
}
